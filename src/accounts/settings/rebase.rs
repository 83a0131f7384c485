//! Merges the changes of one program into settings that another one changed meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use super::{Account, Settings};

impl Settings {
    /// Applies the user's changes from `base`, which was read earlier, to `mine`. Everything else stays.
    pub fn take_changes(&mut self, base: &Self, mine: &Self) {
        fn take<T: Clone + PartialEq>(theirs: &mut T, base: &T, mine: &T) {
            if mine != base {
                theirs.clone_from(mine);
            }
        }
        take(&mut self.appearance, &base.appearance, &mine.appearance);
        take(&mut self.high_contrast, &base.high_contrast, &mine.high_contrast);
        take(&mut self.reduced_motion, &base.reduced_motion, &mine.reduced_motion);
        take(&mut self.language, &base.language, &mine.language);
        take(&mut self.text_size, &base.text_size, &mine.text_size);
        take(&mut self.scale, &base.scale, &mine.scale);
        take(&mut self.developer, &base.developer, &mine.developer);
        take(&mut self.window, &base.window, &mine.window);
        take(&mut self.page, &base.page, &mine.page);
        take(&mut self.on_close, &base.on_close, &mine.on_close);
        take(&mut self.knows_of_no_tray, &base.knows_of_no_tray, &mine.knows_of_no_tray);
        take(&mut self.tray_scrolls, &base.tray_scrolls, &mine.tray_scrolls);
        take(&mut self.hotkey, &base.hotkey, &mine.hotkey);
        take(&mut self.notify, &base.notify, &mine.notify);
        take(&mut self.code_language, &base.code_language, &mine.code_language);
        take(&mut self.compact, &base.compact, &mine.compact);
        take(&mut self.rules, &base.rules, &mine.rules);
        take(&mut self.energy, &base.energy, &mine.energy);
        take_lists(&mut self.pinned, &base.pinned, &mine.pinned);
        take_lists(&mut self.order, &base.order, &mine.order);
        self.take_accounts(&base.accounts, &mine.accounts);
    }

    fn take_accounts(&mut self, base: &[Account], mine: &[Account]) {
        let find = |list: &[Account], id: &str| list.iter().find(|account| account.id == id).cloned();
        for account in mine.iter().filter(|account| find(base, &account.id).as_ref() != Some(account)) {
            self.put_account(account.clone());
        }
        self.accounts.retain(|account| find(mine, &account.id).is_some() || find(base, &account.id).is_none());
        let order = |list: &[Account]| list.iter().map(|account| account.id.clone()).collect::<Vec<String>>();
        let (before, now) = (order(base), order(mine));
        let kept: Vec<&String> = before.iter().filter(|id| now.contains(id)).collect();
        let is_moved = kept.iter().zip(now.iter().filter(|id| before.contains(id))).any(|(a, b)| *a != b);
        if is_moved {
            // Accounts that this program does not know come last.
            self.accounts.sort_by_key(|account| now.iter().position(|id| *id == account.id).unwrap_or(usize::MAX));
        }
    }
}

type Lists = BTreeMap<String, Vec<String>>;

/// Takes over the lists that changed, by account.
fn take_lists(theirs: &mut Lists, base: &Lists, mine: &Lists) {
    let keys: BTreeSet<&String> = base.keys().chain(mine.keys()).collect();
    for key in keys {
        if mine.get(key) != base.get(key) {
            match mine.get(key) {
                Some(list) => drop(theirs.insert(key.clone(), list.clone())),
                None => drop(theirs.remove(key)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::accounts::settings::{Appearance, settings_file};

    fn account(id: &str) -> Account {
        Account { id: id.to_owned(), name: id.to_owned(), url: "https://example.org/".to_owned(), ..Account::default() }
    }

    fn with(accounts: &[&str]) -> Settings {
        Settings { accounts: accounts.iter().map(|id| account(id)).collect(), ..Settings::default() }
    }

    fn ids(settings: &Settings) -> Vec<&str> {
        settings.accounts.iter().map(|account| account.id.as_str()).collect()
    }

    /// Findings H2: an old copy neither removes an account nor restores one.
    #[test]
    fn h2_a_change_keeps_changes_of_others() {
        let base = with(&["first", "second"]);
        let mine = Settings { appearance: Appearance::Dark, ..base.clone() };
        let mut disk = with(&["first", "third"]);
        disk.take_changes(&base, &mine);
        assert_eq!((disk.appearance, ids(&disk)), (Appearance::Dark, vec!["first", "third"]));
        // Accounts that this program adds and removes.
        let mine = with(&["second", "fourth"]);
        let mut disk = with(&["first", "second", "third"]);
        disk.take_changes(&base, &mine);
        assert_eq!(ids(&disk), ["second", "third", "fourth"]);
        // Another order.
        let mine = with(&["second", "first"]);
        let mut disk = with(&["first", "second", "third"]);
        disk.take_changes(&base, &mine);
        assert_eq!(ids(&disk), ["second", "first", "third"]);
    }

    /// Findings M12: unreadable settings are not replaced.
    #[test]
    fn m12_unreadable_settings_are_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = settings_file(folder.path());
        fs::create_dir(&path).expect("in the way");
        assert!(Settings::update(&path, |settings| settings.put_account(account("new"))).is_err());
        assert!(path.is_dir(), "it is as it was");
    }

    #[test]
    fn concurrent_changes_are_all_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = settings_file(folder.path());
        std::thread::scope(|scope| {
            for number in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    Settings::update(path, |settings| settings.put_account(account(&format!("a{number}"))))
                        .expect("kept");
                });
            }
        });
        assert_eq!(Settings::load(&path).settings.accounts.len(), 8);
    }
}
