//! Camera pictures of all accounts. Each account limits the hosts of its own pictures.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Handle;
use url::Url;

use crate::accounts::Accounts;
use crate::accounts::session::AccountSource;
use crate::accounts::settings::Places;
use crate::engine::Access;
use crate::home::{Confidential, DeviceTree};
use crate::media::{CameraEventId, Lookup, PictureSource, Pictures, delete_event_pictures};
use crate::ui::texture_cache::{PictureLookup, TextureCache};

/// The pictures of the accounts that are open.
#[derive(Default)]
pub(super) struct AccountPictures {
    accounts: Vec<OfAccount>,
}

#[derive(Clone)]
struct OfAccount {
    key: String,
    base: Url,
    access: Access,
    pictures: Arc<Pictures>,
    /// The home whose events were seen last.
    seen: Option<Arc<DeviceTree>>,
}

impl AccountPictures {
    /// Follows the list of open accounts. Accounts that were open before keep their loaded pictures.
    pub(super) fn follow(&mut self, accounts: &Accounts, start: impl Fn(&AccountSource, Url) -> Pictures) {
        let old = std::mem::take(&mut self.accounts);
        for (source, access, base) in accounts.bases() {
            let known = old.iter().find(|account| account.key == source.key() && account.base == *base);
            let started = || Arc::new(start(source, base.clone()));
            let pictures = known.map_or_else(started, |known| Arc::clone(&known.pictures));
            self.accounts.push(OfAccount {
                key: source.key().to_owned(),
                base: base.clone(),
                access,
                pictures,
                seen: None,
            });
        }
    }

    /// Loads a picture now.
    pub(super) fn retry(&self, url: &Confidential) {
        if let Some((_, pictures)) = of(&self.accounts, &url.into()) {
            pictures.retry(url);
        }
    }

    /// Keeps the pictures of the cameras' newest events. Does nothing while the homes stay the same.
    pub(super) fn keep_events(&mut self, now: Timestamp) {
        for OfAccount { access, pictures, seen, .. } in &mut self.accounts {
            let home = Arc::clone(&access.snapshot_now().confirmed);
            if !pictures.keeps_events() || seen.as_ref().is_some_and(|seen| Arc::ptr_eq(seen, &home)) {
                continue;
            }
            for (id, camera) in &home.cameras {
                let Some(event) = &camera.last_event else { continue };
                let is_there = event.urls_expire_time.is_none_or(|at| at > now);
                let url = event.image_url.as_ref().or(event.animated_image_url.as_ref());
                if let (Some(at), Some(url), true) = (event.start_time, url, is_there) {
                    pictures.keep_event(&CameraEventId { camera: id.clone(), at }, url);
                }
            }
            *seen = Some(home);
        }
    }

    /// Deletes the kept pictures of an account that was signed out, whether it is open or not.
    pub(super) fn delete_events(&self, key: &str, folder: PathBuf, runtime: &Handle) {
        if let Some(account) = self.accounts.iter().find(|account| account.key == key) {
            account.pictures.delete_events(folder);
            return;
        }
        runtime.spawn_blocking(move || {
            if let Err(err) = delete_event_pictures(&folder) {
                tracing::warn!(%err, folder = %folder.display(), "pictures of events cannot be deleted");
            }
        });
    }

    /// The file with the picture of an event.
    pub(super) fn event_file(&self, event: &CameraEventId) -> Option<PathBuf> {
        self.accounts.iter().find_map(|account| account.pictures.event_file(event))
    }

    /// A texture cache over these pictures. Each picture loads through the account of its camera, because an
    /// account does not limit the hosts of another account's pictures.
    pub(super) fn book(&self) -> TextureCache {
        TextureCache::of(OpenAccounts(self.accounts.clone().into()))
    }
}

struct OpenAccounts(Rc<[OfAccount]>);

impl PictureLookup for OpenAccounts {
    fn get_or_load(&self, source: &PictureSource, max_age: Duration) -> Option<(usize, Lookup)> {
        of(&self.0, source).map(|(index, pictures)| (index, pictures.get_or_load_from(source, max_age)))
    }

    fn has_event(&self, event: &CameraEventId) -> bool {
        self.0.iter().any(|account| account.pictures.event_file(event).is_some())
    }
}

fn of<'a>(accounts: &'a [OfAccount], source: &PictureSource) -> Option<(usize, &'a Pictures)> {
    let shows = |account: &OfAccount| match source {
        PictureSource::Url(url) => {
            let home = Arc::clone(&account.access.snapshot_now().confirmed);
            home.cameras.values().any(|camera| camera.shows(url))
        }
        PictureSource::Event(event) => account.pictures.event_file(event).is_some(),
    };
    // Most users have one account, so skip the search.
    let at = if accounts.len() == 1 { Some(0) } else { accounts.iter().position(shows) };
    at.and_then(|at| Some((at, &*accounts.get(at)?.pictures)))
}

/// The folder of the pictures of events. Nothing is kept for an account of the environment.
pub(super) fn event_pictures_folder(places: &Places, source: &AccountSource) -> Option<PathBuf> {
    match source {
        AccountSource::Settings(_) | AccountSource::Simulated => Some(places.event_pictures(source.key())),
        AccountSource::Environment { .. } => None,
    }
}
