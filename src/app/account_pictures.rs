//! Camera pictures of all accounts. Each account limits the hosts of its own pictures.

use std::rc::Rc;
use std::sync::Arc;

use url::Url;

use crate::accounts::Accounts;
use crate::engine::Access;
use crate::home::Confidential;
use crate::media::Pictures;
use crate::ui::texture_cache::TextureCache;

/// The pictures of the accounts that are open.
#[derive(Default)]
pub(super) struct AccountPictures {
    accounts: Vec<OfAccount>,
}

#[derive(Clone)]
struct OfAccount {
    base: Url,
    access: Access,
    pictures: Arc<Pictures>,
}

impl AccountPictures {
    /// Follows the list of open accounts. Accounts that were open before keep their loaded pictures.
    pub(super) fn follow(&mut self, accounts: &Accounts, start: impl Fn(Url) -> Pictures) {
        let old = std::mem::take(&mut self.accounts);
        for (access, base) in accounts.bases() {
            let known = old.iter().find(|account| account.base == *base);
            let pictures = known.map_or_else(|| Arc::new(start(base.clone())), |known| Arc::clone(&known.pictures));
            self.accounts.push(OfAccount { base: base.clone(), access, pictures });
        }
    }

    /// Loads a picture now.
    pub(super) fn retry(&self, url: &Confidential) {
        if let Some((_, pictures)) = of(&self.accounts, url) {
            pictures.retry(url);
        }
    }

    /// A texture cache over these pictures. Each picture loads through the account of its camera, because an
    /// account does not limit the hosts of another account's pictures.
    pub(super) fn book(&self) -> TextureCache {
        let accounts: Rc<[OfAccount]> = self.accounts.clone().into();
        TextureCache::of_accounts(move |url, max_age| {
            of(&accounts, url).map(|(index, pictures)| (index, pictures.get_or_load(url, max_age)))
        })
    }
}

fn of<'a>(accounts: &'a [OfAccount], url: &Confidential) -> Option<(usize, &'a Pictures)> {
    let shows = |account: &OfAccount| {
        let home = Arc::clone(&account.access.snapshot_now().confirmed);
        home.cameras.values().any(|camera| camera.shows(url))
    };
    // Most users have one account, so skip the search.
    let at = if accounts.len() == 1 { Some(0) } else { accounts.iter().position(shows) };
    at.and_then(|at| Some((at, &*accounts.get(at)?.pictures)))
}
