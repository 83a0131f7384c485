//! The differences of two documents, leaf by leaf.

use serde_json::Value;

use super::escaped;

/// A changed leaf. A container counts as a leaf if it is empty, or if the other document has another type in its
/// place.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The JSON pointer.
    pub pointer: String,
    /// The old value; `None` for a new leaf.
    pub old: Option<Value>,
    /// The new value; `None` for a removed leaf.
    pub new: Option<Value>,
}

/// The changed leaves, in the order of the documents, the old one first.
pub fn changed_leaves(old: &Value, new: &Value) -> Vec<Changed> {
    let mut changes = Vec::new();
    compare(&mut String::new(), Some(old), Some(new), &mut changes);
    changes
}

fn compare(pointer: &mut String, old: Option<&Value>, new: Option<&Value>, changes: &mut Vec<Changed>) {
    match (old, new) {
        (Some(old), Some(new)) if old == new => {}
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            for (key, value) in old {
                below(pointer, &escaped(key), |pointer| compare(pointer, Some(value), new.get(key), changes));
            }
            for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
                below(pointer, &escaped(key), |pointer| compare(pointer, None, Some(value), changes));
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            for index in 0..old.len().max(new.len()) {
                below(pointer, &index.to_string(), |pointer| {
                    compare(pointer, old.get(index), new.get(index), changes);
                });
            }
        }
        // All leaves of an added or removed container.
        (None, Some(value)) | (Some(value), None) if has_children(value) => {
            let is_new = old.is_none();
            let mut each = |pointer: &mut String, value: &Value| {
                let value = Some(value);
                let (old, new) = if is_new { (None, value) } else { (value, None) };
                compare(pointer, old, new, changes);
            };
            match value {
                Value::Object(values) => {
                    for (key, value) in values {
                        below(pointer, &escaped(key), |pointer| each(pointer, value));
                    }
                }
                Value::Array(values) => {
                    for (index, value) in values.iter().enumerate() {
                        below(pointer, &index.to_string(), |pointer| each(pointer, value));
                    }
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
        (old, new) => changes.push(Changed { pointer: pointer.clone(), old: old.cloned(), new: new.cloned() }),
    }
}

fn has_children(value: &Value) -> bool {
    match value {
        Value::Object(values) => !values.is_empty(),
        Value::Array(values) => !values.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn below(pointer: &mut String, key: &str, each: impl FnOnce(&mut String)) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(key);
    each(pointer);
    pointer.truncate(length);
}
