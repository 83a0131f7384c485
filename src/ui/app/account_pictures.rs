//! The pictures of cameras, for each account with its own limits on where they may come from.

use std::rc::Rc;
use std::sync::Arc;

use url::Url;

use crate::engine::Access;
use crate::home::Confidential;
use crate::household::Household;
use crate::media::Pictures;
use crate::ui::picture_book::PictureBook;

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
    /// Takes the accounts that are open now; what was loaded for those that were open before stays.
    pub(super) fn follow(&mut self, household: &Household, start: impl Fn(Url) -> Pictures) {
        let old = std::mem::take(&mut self.accounts);
        for (access, base) in household.bases() {
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

    /// Gives each picture by the account whose camera shows it: an account says nothing about where
    /// the pictures of another may come from.
    pub(super) fn book(&self) -> PictureBook {
        let accounts: Rc<[OfAccount]> = self.accounts.clone().into();
        PictureBook::of_accounts(move |url, max_age| {
            of(&accounts, url).map(|(index, pictures)| (index, pictures.get_or_load(url, max_age)))
        })
    }
}

fn of<'a>(accounts: &'a [OfAccount], url: &Confidential) -> Option<(usize, &'a Pictures)> {
    let shows = |account: &OfAccount| {
        let home = Arc::clone(&account.access.snapshot_now().confirmed);
        home.cameras.values().any(|camera| camera.shows(url))
    };
    // The one account that most people have is not asked.
    let at = if accounts.len() == 1 { Some(0) } else { accounts.iter().position(shows) };
    at.and_then(|at| Some((at, &*accounts.get(at)?.pictures)))
}
