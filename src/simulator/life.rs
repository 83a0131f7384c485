//! Runs the simulated home: one lock around it, one place that publishes it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use subtle::ConstantTimeEq as _;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

use super::cameras::EventKind;
use super::picture::{PictureScene as Drawing, draw};
use super::world::World;
use crate::clock::Clock;
use crate::home::{DeviceTree, Write};
use crate::wwn::error::WwnError;
use crate::wwn::server::{Backend, EncodedPicture, PictureKind, PictureRequest};

/// The world and its subscribers.
pub(super) struct Life {
    world: Mutex<World>,
    shown: watch::Sender<Arc<DeviceTree>>,
    clock: Arc<dyn Clock>,
    drawn: Mutex<Vec<(Drawing, Bytes)>>,
}

/// The largest number of cached pictures.
const MOST_PICTURES: usize = 32;

impl Life {
    pub(super) fn new(world: World, clock: Arc<dyn Clock>) -> Self {
        let shown = watch::Sender::new(Arc::new(world.home.clone()));
        Self { world: Mutex::new(world), shown, clock, drawn: Mutex::default() }
    }

    pub(super) fn shown(&self) -> watch::Receiver<Arc<DeviceTree>> {
        self.shown.subscribe()
    }

    /// Changes the world now. Publishes it if `change` returns true.
    pub(super) fn change(&self, change: impl FnOnce(&mut World, Timestamp) -> bool) -> bool {
        let mut world = self.world();
        let now = self.clock.now();
        let changed = change(&mut world, now);
        if changed {
            // Publish under the lock, so that versions appear in the order of their changes.
            self.shown.send_replace(Arc::new(world.home.clone()));
        }
        changed
    }

    /// Reads the current world.
    pub(super) fn read<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.world())
    }

    /// Advances the time until the future is dropped.
    #[expect(clippy::infinite_loop, reason = "the task is aborted when the simulation stops")]
    pub(super) async fn go_on(&self) {
        let mut ticks = interval(self.pace());
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            self.change(World::pass);
        }
    }

    /// The interval of the time steps, which is also the shortest interval of updates on streams without user
    /// changes: a second, and longer for homes that take long to send.
    fn pace(&self) -> Duration {
        let devices = self.shown.borrow().device_count();
        Duration::from_millis((devices as u64).clamp(1000, 15_000))
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the picture that a link names, if its key is right.
    fn drawing(&self, wanted: &PictureRequest) -> Result<Drawing, WwnError> {
        let world = self.world();
        let (Some(life), Some(camera)) = (world.cameras.get(&wanted.camera), world.home.cameras.get(&wanted.camera))
        else {
            return Err(WwnError::not_found());
        };
        if !bool::from(life.key.as_bytes().ct_eq(wanted.key.as_bytes())) {
            return Err(WwnError::unauthorized());
        }
        let last = camera.last_event.as_ref();
        let (event, animated) = match &wanted.kind {
            PictureKind::Snapshot => {
                let present = last.filter(|event| event.is_going_on()).map(EventKind::of);
                (present, false)
            }
            PictureKind::Event(name) | PictureKind::Animation(name) => {
                let started = |event: &&crate::home::CameraEvent| {
                    event.start_time.is_some_and(|start| start.as_millisecond().to_string() == *name)
                };
                let event = last.filter(started).ok_or_else(WwnError::not_found)?;
                (Some(EventKind::of(event)), matches!(wanted.kind, PictureKind::Animation(_)))
            }
        };
        if wanted.kind == PictureKind::Snapshot && camera.is_streaming != Some(true) {
            return Err(WwnError::not_found());
        }
        // The light changes slowly: four pictures per hour.
        let quarter = (world.hour() * 4.0) as u32;
        Ok(Drawing { scene: life.scene, quarter, event, animated })
    }

    fn known(&self, drawing: &Drawing) -> Option<Bytes> {
        let drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        drawn.iter().find(|(known, _)| known == drawing).map(|(_, bytes)| bytes.clone())
    }

    fn keep(&self, drawing: Drawing, bytes: Bytes) {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if drawn.len() >= MOST_PICTURES {
            drawn.remove(0);
        }
        drawn.push((drawing, bytes));
    }
}

impl Backend for Life {
    fn home(&self) -> watch::Receiver<Arc<DeviceTree>> {
        self.shown()
    }

    fn write(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<(), WwnError>> {
        let mut refused = None;
        self.change(|world, now| {
            let passed = world.pass(now);
            let written = world.write(&writes, now);
            refused = written.as_ref().err().map(WwnError::from);
            passed || written.is_ok()
        });
        Box::pin(std::future::ready(refused.map_or(Ok(()), Err)))
    }

    fn picture(&self, wanted: PictureRequest) -> BoxFuture<'_, Result<EncodedPicture, WwnError>> {
        Box::pin(async move {
            let drawing = self.drawing(&wanted)?;
            let content_type = if drawing.animated { "image/gif" } else { "image/png" };
            if let Some(bytes) = self.known(&drawing) {
                return Ok(EncodedPicture { content_type, bytes });
            }
            let drawn = tokio::task::spawn_blocking(move || draw(&drawing)).await;
            let bytes = drawn.ok().flatten().ok_or_else(WwnError::internal)?;
            self.keep(drawing, bytes.clone());
            Ok(EncodedPicture { content_type, bytes })
        })
    }
}
