//! Names of accounts and their devices in the user's language.

use super::AccountsView;
use crate::home::Node;
use crate::i18n::Localizer;

impl Localizer {
    /// The name of a device or structure, with its account if another account has the same name.
    pub fn disambiguate(&self, snapshot: &AccountsView, node: &Node, name: &str) -> String {
        match snapshot.told_apart_by(node, name) {
            Some(account) => format!("{name} · {}", self.localize(&account.name)),
            None => name.to_owned(),
        }
    }

    /// The name of the only account, or the number of several ones.
    pub fn accounts(&self, view: &AccountsView) -> String {
        if let Some(account) = view.only() {
            return self.localize(&account.label.name);
        }
        let count = i64::try_from(view.accounts.len()).unwrap_or(i64::MAX);
        self.format("account-several", [("count", count.into())])
    }
}
