//! The homes of several accounts behind one server.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::future::{BoxFuture, join_all};
use futures_util::stream::{self, BoxStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::clock::Clock;
use crate::home::{DeviceTree, Verdict, Write, preview};
use crate::wwn::error::WwnError;
use crate::wwn::server::{Backend, EncodedPicture, PictureRequest};

/// The homes of several accounts as one. A device in two accounts is that of the first one, and an account that
/// hangs delays no write to another.
///
/// Writes of one request to several accounts are checked together by the rules that are known here. Each account
/// then makes all of its part or none: one that refuses for a reason of its own, or is offline, undoes no other.
pub struct JoinedBackend {
    parts: Vec<Arc<dyn Backend>>,
    home: watch::Receiver<Arc<DeviceTree>>,
    clock: Arc<dyn Clock>,
    follower: AbortHandle,
}

impl JoinedBackend {
    /// Joins the homes. Must be called on a runtime.
    pub fn new(parts: Vec<Arc<dyn Backend>>, clock: Arc<dyn Clock>) -> Self {
        let mut homes: Vec<_> = parts.iter().map(|part| part.home()).collect();
        let (sender, home) = watch::channel(Arc::new(join(&mut homes)));
        let follower = tokio::spawn(async move {
            let mut changes = stream::select_all(homes.clone().into_iter().map(changes));
            while changes.next().await.is_some() {
                let joined = join(&mut homes);
                sender.send_if_modified(|home| {
                    let is_new = **home != joined;
                    if is_new {
                        *home = Arc::new(joined);
                    }
                    is_new
                });
            }
        });
        Self { parts, home, clock, follower: follower.abort_handle() }
    }

    /// The writes of each account. One to an unknown node is for the first account, which refuses it.
    fn split(&self, writes: Vec<Write>) -> BTreeMap<usize, Vec<Write>> {
        let homes: Vec<Arc<DeviceTree>> = self.parts.iter().map(|part| Arc::clone(&part.home().borrow())).collect();
        let mut split: BTreeMap<usize, Vec<Write>> = BTreeMap::new();
        for write in writes {
            let node = write.slot().node;
            let owner = homes.iter().position(|home| home.has(&node)).unwrap_or_default();
            split.entry(owner).or_default().push(write);
        }
        split
    }
}

fn join(homes: &mut [watch::Receiver<Arc<DeviceTree>>]) -> DeviceTree {
    let trees: Vec<Arc<DeviceTree>> = homes.iter_mut().map(|home| Arc::clone(&home.borrow_and_update())).collect();
    DeviceTree::joined(trees.iter().map(|tree| &**tree))
}

fn changes(mut home: watch::Receiver<Arc<DeviceTree>>) -> BoxStream<'static, ()> {
    // The first change may have come before the stream was polled.
    home.mark_changed();
    stream::unfold(home, |mut home| async move { home.changed().await.ok().map(|()| ((), home)) }).boxed()
}

impl Drop for JoinedBackend {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl Backend for JoinedBackend {
    fn home(&self) -> watch::Receiver<Arc<DeviceTree>> {
        self.home.clone()
    }

    fn write(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<(), WwnError>> {
        Box::pin(async move {
            let split = self.split(writes.clone());
            if split.len() > 1 {
                // Each account checks its own part only.
                let home = Arc::clone(&self.home.borrow());
                for line in preview(&home, &writes, self.clock.now()) {
                    if let Verdict::Refused(refusal) = &line.verdict {
                        return Err(WwnError::from(refusal));
                    }
                }
            }
            let parts = split.into_iter().filter_map(|(owner, writes)| Some(self.parts.get(owner)?.write(writes)));
            join_all(parts).await.into_iter().collect()
        })
    }

    fn picture(&self, wanted: PictureRequest) -> BoxFuture<'_, Result<EncodedPicture, WwnError>> {
        let has = |part: &&Arc<dyn Backend>| part.home().borrow().cameras.contains_key(&wanted.camera);
        match self.parts.iter().find(has) {
            Some(part) => part.picture(wanted),
            None => Box::pin(async { Err(WwnError::not_found()) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::*;
    use crate::clock::SystemClock;
    use crate::home::{HvacMode, Node, Thermostat};

    /// A home that records its writes, and answers only if it does not hang.
    struct Recording {
        home: watch::Sender<Arc<DeviceTree>>,
        writes: Mutex<Vec<Write>>,
        hangs: bool,
    }

    impl Recording {
        fn new(devices: &[&str], hangs: bool) -> Arc<Self> {
            let home = watch::Sender::new(Arc::new(tree(devices)));
            Arc::new(Self { home, writes: Mutex::default(), hangs })
        }

        fn writes(&self) -> Vec<Write> {
            self.writes.lock().expect("no panic").clone()
        }
    }

    impl Backend for Recording {
        fn home(&self) -> watch::Receiver<Arc<DeviceTree>> {
            self.home.subscribe()
        }

        fn write(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<(), WwnError>> {
            self.writes.lock().expect("no panic").extend(writes);
            if self.hangs { Box::pin(std::future::pending()) } else { Box::pin(async { Ok(()) }) }
        }

        fn picture(&self, _wanted: PictureRequest) -> BoxFuture<'_, Result<EncodedPicture, WwnError>> {
            Box::pin(async { Err(WwnError::not_found()) })
        }
    }

    fn tree(devices: &[&str]) -> DeviceTree {
        let mut home = DeviceTree::default();
        for device in devices {
            let thermostat = Thermostat {
                is_online: Some(true),
                can_heat: Some(true),
                can_cool: Some(false),
                hvac_mode: Some(HvacMode::Heat),
                ..Thermostat::default()
            };
            home.thermostats.insert((*device).into(), Arc::new(thermostat));
        }
        home
    }

    fn joined(parts: &[&Arc<Recording>]) -> JoinedBackend {
        let parts = parts.iter().map(|part| Arc::clone(part) as Arc<dyn Backend>).collect();
        JoinedBackend::new(parts, SystemClock::shared())
    }

    fn off(device: &str) -> Write {
        Write::Mode(device.into(), HvacMode::Off)
    }

    #[tokio::test]
    async fn each_write_goes_to_the_first_account_that_has_the_device() {
        let (mill, cottage) = (Recording::new(&["hall", "both"], false), Recording::new(&["attic", "both"], false));
        let bridge = joined(&[&mill, &cottage]);
        assert_eq!(bridge.home().borrow().thermostats.len(), 3);
        assert_eq!(bridge.write(vec![off("attic"), off("hall"), off("both")]).await, Ok(()));
        assert_eq!((mill.writes(), cottage.writes()), (vec![off("hall"), off("both")], vec![off("attic")]));
    }

    #[tokio::test]
    async fn a_refused_write_stops_those_of_all_accounts() {
        let (mill, cottage) = (Recording::new(&["hall"], false), Recording::new(&["attic"], false));
        let cool = Write::Mode("attic".into(), HvacMode::Cool);
        assert!(joined(&[&mill, &cottage]).write(vec![off("hall"), cool]).await.is_err(), "it cannot cool");
        assert_eq!((mill.writes(), cottage.writes()), (vec![], vec![]));
    }

    #[tokio::test]
    async fn an_account_that_hangs_delays_no_other() {
        let (mill, cottage) = (Recording::new(&["hall"], true), Recording::new(&["attic"], false));
        let bridge = joined(&[&mill, &cottage]);
        let hanging = bridge.write(vec![off("hall")]);
        let other = bridge.write(vec![off("attic")]);
        tokio::select! {
            biased;
            _answer = hanging => panic!("it hangs"),
            answer = other => assert_eq!(answer, Ok(())),
        }
        assert_eq!(mill.writes(), [off("hall")]);
    }

    #[tokio::test]
    async fn changes_of_each_account_are_shown() {
        let (mill, cottage) = (Recording::new(&[], false), Recording::new(&["attic"], false));
        let bridge = joined(&[&mill, &cottage]);
        let mut home = bridge.home();
        mill.home.send_replace(Arc::new(tree(&["hall"])));
        let shows = |home: &Arc<DeviceTree>| home.has(&Node::Thermostat("hall".into()));
        let shown = tokio::time::timeout(Duration::from_secs(5), home.wait_for(shows)).await;
        assert_eq!(shown.expect("in time").expect("it goes on").thermostats.len(), 2);
        cottage.home.send_replace(Arc::default());
        let shown =
            tokio::time::timeout(Duration::from_secs(5), home.wait_for(|home| home.thermostats.len() == 1)).await;
        assert!(shown.expect("in time").is_ok());
    }
}
