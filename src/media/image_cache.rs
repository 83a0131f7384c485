//! The state of each picture, and the cache of decoded ones. Pure: no network, the caller passes the time.
//!
//! An address goes from *loading* to *ready* or *failed* and back to *loading* when it is requested again and
//! old enough; it keeps the last good picture throughout. The number of addresses, the bytes of addresses and
//! the bytes of pixels are always bounded. The least recently requested ones are evicted. An evicted picture
//! counts as failed with [`PictureError::NoRoom`], so that a page with more pictures than fit loads them again
//! once in a while, not all the time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::decode::Decoded;
use super::error::PictureError;
use super::limits::Limits;
use super::{Lookup, Picture, PictureSource, State};

/// A larger `max_age` means that the picture never changes.
const FOR_GOOD: Duration = Duration::from_hours(24);

/// The pictures of one account.
pub(super) struct ImageCache {
    limits: Limits,
    entries: BTreeMap<PictureSource, CachedImage>,
    /// Bytes of pixels in `entries`.
    bytes: usize,
    /// Bytes of the addresses of `entries`.
    address_bytes: usize,
    /// Counts the requests; a larger number is later.
    turn: u64,
    /// Counts loads and pictures.
    numbers: u64,
}

struct CachedImage {
    picture: Option<Arc<Picture>>,
    failure: Option<PictureError>,
    /// The time of the last success or failure; `None` requests a load.
    tried_at: Option<Timestamp>,
    loading: Option<Load>,
    wanted_at: Timestamp,
    turn: u64,
}

impl PictureSource {
    /// Bytes of its address.
    fn bytes(&self) -> usize {
        match self {
            Self::Url(url) => url.reveal().len(),
            Self::Event(event) => event.camera.as_str().len(),
        }
    }
}

/// A load in progress. The cache ignores the result of an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Load(u64);

impl ImageCache {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, entries: BTreeMap::new(), bytes: 0, address_bytes: 0, turn: 0, numbers: 0 }
    }

    /// Returns the picture to show, and the load to start if one is due.
    pub(super) fn get_or_load(
        &mut self,
        source: &PictureSource,
        max_age: Duration,
        now: Timestamp,
    ) -> (Lookup, Option<Load>) {
        if !self.remember(source, now) {
            let state = State::Failed { error: PictureError::NoRoom, previous: None };
            return (Lookup { state, look_again_in: Some(self.limits.retry_after) }, None);
        }
        let Self { limits, entries, turn, numbers, .. } = self;
        let entry = entries.entry(source.clone()).or_insert_with(|| CachedImage::new(now));
        *turn += 1;
        entry.turn = *turn;
        entry.wanted_at = now;
        let due_in = entry.due_in(max_age, limits, now);
        let load = (entry.loading.is_none() && due_in == Some(Duration::ZERO)).then(|| {
            *numbers += 1;
            Load(*numbers)
        });
        entry.loading = load.or(entry.loading);
        let look_again_in = due_in.filter(|_| entry.loading.is_none());
        (Lookup { state: entry.state(), look_again_in }, load)
    }

    /// Makes the next [`Self::get_or_load`] start a load in any state.
    pub(super) fn expire(&mut self, source: &PictureSource) {
        if let Some(entry) = self.entries.get_mut(source) {
            entry.tried_at = None;
        }
    }

    /// Stores the result of a load.
    pub(super) fn finish(
        &mut self,
        source: &PictureSource,
        load: Load,
        result: Result<Decoded, PictureError>,
        now: Timestamp,
    ) {
        let Some(entry) = self.entries.get_mut(source).filter(|entry| entry.loading == Some(load)) else { return };
        entry.loading = None;
        entry.tried_at = Some(now);
        let decoded = match result {
            Ok(decoded) => decoded,
            Err(failure) => {
                entry.failure = Some(failure);
                return;
            }
        };
        self.numbers += 1;
        let picture = Picture {
            id: self.numbers,
            frames: decoded.frames,
            size: decoded.size,
            original_size: decoded.original_size,
            is_cut: decoded.is_cut,
            loaded_at: now,
        };
        let needed = picture.bytes();
        self.bytes -= entry.put_away();
        let fits = needed <= self.limits.kept_bytes;
        entry.failure = if fits { None } else { Some(PictureError::NoRoom) };
        if fits {
            self.make_room(needed, source);
            self.bytes += needed;
            if let Some(entry) = self.entries.get_mut(source) {
                entry.picture = Some(Arc::new(picture));
            }
        }
    }

    /// True if there is an entry or room for one more. Evicts entries without a recent request to make room.
    fn remember(&mut self, source: &PictureSource, now: Timestamp) -> bool {
        if self.entries.contains_key(source) {
            return true;
        }
        while !self.has_place_for(source) {
            // Keep entries with a recent request: they are on show, and evicting them would only evict the next
            // one in turn.
            let idle = self
                .entries
                .iter()
                .filter(|(_, entry)| entry.loading.is_none() && age(entry.wanted_at, now) >= self.limits.retry_after);
            let oldest = idle.min_by_key(|(_, entry)| entry.turn).map(|(source, _)| source.clone());
            let Some((oldest, entry)) = oldest.and_then(|oldest| self.entries.remove_entry(&oldest)) else {
                return false;
            };
            self.address_bytes -= oldest.bytes();
            self.bytes -= entry.picture.as_ref().map_or(0, |picture| picture.bytes());
        }
        self.address_bytes += source.bytes();
        true
    }

    fn has_place_for(&self, source: &PictureSource) -> bool {
        let Limits { kept, kept_address_bytes, .. } = &self.limits;
        self.entries.len() < *kept && self.address_bytes + source.bytes() <= *kept_address_bytes
    }

    /// Evicts the pixels of the least recently requested entries until `needed` bytes fit.
    fn make_room(&mut self, needed: usize, spare: &PictureSource) {
        while self.bytes + needed > self.limits.kept_bytes {
            let others = self.entries.iter_mut().filter(|(source, entry)| entry.picture.is_some() && *source != spare);
            let Some((_, oldest)) = others.min_by_key(|(_, entry)| entry.turn) else { return };
            self.bytes -= oldest.put_away();
            oldest.failure = Some(PictureError::NoRoom);
        }
    }
}

impl CachedImage {
    fn new(now: Timestamp) -> Self {
        Self { picture: None, failure: None, tried_at: None, loading: None, wanted_at: now, turn: 0 }
    }

    /// Drops the pixels and returns their size in bytes.
    fn put_away(&mut self) -> usize {
        self.picture.take().map_or(0, |picture| picture.bytes())
    }

    /// Time until the next load; `None` for never.
    fn due_in(&self, max_age: Duration, limits: &Limits, now: Timestamp) -> Option<Duration> {
        let Some(tried_at) = self.tried_at else { return Some(Duration::ZERO) };
        let pause = match &self.failure {
            Some(failure) if failure.is_lasting() => return None,
            Some(_) => limits.retry_after,
            None if max_age > FOR_GOOD => return None,
            None => max_age.max(limits.least_age),
        };
        Some(pause.saturating_sub(age(tried_at, now)))
    }

    fn state(&self) -> State {
        let previous = self.picture.clone();
        match (self.loading, &self.failure, previous) {
            (None, Some(error), previous) => State::Failed { error: error.clone(), previous },
            (None, None, Some(picture)) => State::Ready(picture),
            (Some(_), _, previous) | (None, None, previous) => State::Loading { previous },
        }
    }
}

/// Returns the time between two timestamps. If the clock was set back, everything counts as old.
fn age(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::Confidential;
    use crate::media::Frame;
    use jiff::SignedDuration;

    const MINUTE: Duration = Duration::from_mins(1);

    fn limits() -> Limits {
        Limits { kept: 3, kept_bytes: 100, retry_after: Duration::from_secs(30), ..Limits::default() }
    }

    fn url(name: &str) -> PictureSource {
        PictureSource::Url(Confidential::new(name))
    }

    fn at(secs: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(secs)
    }

    /// A picture of `bytes` bytes.
    fn picture(bytes: usize) -> Decoded {
        let frames = vec![Frame { rgba: vec![0; bytes], delay: Duration::ZERO }];
        Decoded { frames, size: [1, 1], original_size: [1, 1], is_cut: false }
    }

    fn loaded(cache: &mut ImageCache, name: &str, bytes: usize, secs: i64) {
        let (_, load) = cache.get_or_load(&url(name), MINUTE, at(secs));
        cache.finish(&url(name), load.expect("a load"), Ok(picture(bytes)), at(secs));
    }

    fn state(cache: &mut ImageCache, name: &str, secs: i64) -> State {
        cache.get_or_load(&url(name), MINUTE, at(secs)).0.state
    }

    #[test]
    fn it_is_loaded_once_and_again_when_it_is_old() {
        let mut cache = ImageCache::new(limits());
        let (wanted, load) = cache.get_or_load(&url("a"), MINUTE, at(0));
        assert!(matches!(wanted.state, State::Loading { previous: None }));
        assert_eq!(wanted.look_again_in, None, "the end of the load wakes the window");
        assert_eq!(cache.get_or_load(&url("a"), MINUTE, at(1)).1, None, "one load at a time");
        cache.finish(&url("a"), load.expect("a load"), Ok(picture(10)), at(2));
        let (wanted, load) = cache.get_or_load(&url("a"), MINUTE, at(12));
        assert!(matches!(wanted.state, State::Ready(_)));
        assert_eq!((wanted.look_again_in, load), (Some(Duration::from_secs(50)), None));
        let (wanted, load) = cache.get_or_load(&url("a"), MINUTE, at(62));
        assert!(matches!(wanted.state, State::Loading { previous: Some(_) }), "the old one stays on show");
        assert!(load.is_some());
    }

    #[test]
    fn immutable_pictures_are_loaded_once() {
        let mut cache = ImageCache::new(limits());
        loaded(&mut cache, "a", 10, 0);
        let (wanted, load) = cache.get_or_load(&url("a"), Duration::MAX, at(1_000_000));
        assert_eq!((wanted.look_again_in, load), (None, None));
    }

    #[test]
    fn a_small_maximum_age_does_not_reload_for_ever() {
        let mut cache = ImageCache::new(limits());
        loaded(&mut cache, "a", 10, 0);
        assert_eq!(cache.get_or_load(&url("a"), Duration::ZERO, at(0)).1, None);
        assert!(cache.get_or_load(&url("a"), Duration::ZERO, at(1)).1.is_some());
    }

    #[test]
    fn a_failure_keeps_the_picture_and_waits_before_the_next_try() {
        let mut cache = ImageCache::new(limits());
        loaded(&mut cache, "a", 10, 0);
        let (_, load) = cache.get_or_load(&url("a"), MINUTE, at(60));
        cache.finish(&url("a"), load.expect("a load"), Err(PictureError::NotFound), at(60));
        let (wanted, load) = cache.get_or_load(&url("a"), MINUTE, at(70));
        assert!(matches!(wanted.state, State::Failed { error: PictureError::NotFound, previous: Some(_) }));
        assert_eq!((wanted.look_again_in, load), (Some(Duration::from_secs(20)), None));
        assert!(cache.get_or_load(&url("a"), MINUTE, at(90)).1.is_some());
    }

    #[test]
    fn a_failure_that_lasts_is_tried_again_only_when_asked() {
        let mut cache = ImageCache::new(limits());
        let (_, load) = cache.get_or_load(&url("a"), MINUTE, at(0));
        cache.finish(&url("a"), load.expect("a load"), Err(PictureError::NotAUrl), at(0));
        let (wanted, load) = cache.get_or_load(&url("a"), MINUTE, at(100_000));
        assert_eq!((wanted.look_again_in, load), (None, None));
        cache.expire(&url("a"));
        assert!(cache.get_or_load(&url("a"), MINUTE, at(100_000)).1.is_some());
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_the_pictures() {
        let mut cache = ImageCache::new(limits());
        loaded(&mut cache, "a", 10, 1000);
        assert!(cache.get_or_load(&url("a"), MINUTE, at(10)).1.is_some());
    }

    #[test]
    fn bytes_are_bounded_and_the_least_recently_wanted_goes_first() {
        let mut cache = ImageCache::new(limits());
        loaded(&mut cache, "a", 40, 0);
        loaded(&mut cache, "b", 40, 1);
        state(&mut cache, "a", 2);
        loaded(&mut cache, "c", 40, 3);
        assert_eq!(cache.bytes, 80);
        assert!(matches!(state(&mut cache, "a", 4), State::Ready(_)));
        assert!(matches!(state(&mut cache, "c", 4), State::Ready(_)));
        let b = state(&mut cache, "b", 4);
        assert!(matches!(b, State::Failed { error: PictureError::NoRoom, previous: None }), "{b:?}");
        assert!(matches!(state(&mut cache, "b", 40), State::Loading { previous: None }), "and is loaded again later");
    }

    #[test]
    fn too_many_pictures_do_not_evict_each_other_in_turn() {
        let mut cache = ImageCache::new(limits());
        let mut loads = 0;
        for frame in 0..200 {
            for name in ["a", "b", "c"] {
                if let (_, Some(load)) = cache.get_or_load(&url(name), Duration::MAX, at(frame / 10)) {
                    loads += 1;
                    cache.finish(&url(name), load, Ok(picture(60)), at(frame / 10));
                }
                assert!(cache.bytes <= 100);
            }
        }
        assert_eq!(loads, 3, "each once in 20 seconds");
    }

    #[test]
    fn a_picture_that_can_never_fit_is_refused() {
        let mut cache = ImageCache::new(limits());
        loaded(&mut cache, "small", 90, 0);
        loaded(&mut cache, "big", 101, 1);
        assert!(matches!(state(&mut cache, "big", 2), State::Failed { error: PictureError::NoRoom, .. }));
        assert!(matches!(state(&mut cache, "small", 2), State::Ready(_)), "nothing was put away for it");
    }

    #[test]
    fn addresses_are_bounded_and_visible_ones_stay() {
        let mut cache = ImageCache::new(limits());
        for (secs, name) in [(0, "a"), (1, "b"), (2, "c")] {
            loaded(&mut cache, name, 1, secs);
        }
        let (wanted, load) = cache.get_or_load(&url("d"), MINUTE, at(3));
        assert!(matches!(wanted.state, State::Failed { error: PictureError::NoRoom, .. }) && load.is_none());
        state(&mut cache, "a", 20);
        assert!(cache.get_or_load(&url("d"), MINUTE, at(40)).1.is_some(), "b was not wanted for long");
        assert!(cache.entries.keys().eq(&[url("a"), url("c"), url("d")]));
        assert_eq!(cache.bytes, 2);
    }

    #[test]
    fn addresses_that_have_the_picture_within_are_bounded_by_their_bytes() {
        let mut cache = ImageCache::new(Limits { kept: 100, kept_address_bytes: 100, ..limits() });
        let long = |number: i64| format!("{number:040}");
        for number in 0..10 {
            loaded(&mut cache, &long(number), 1, number * 60);
            assert!(cache.entries.len() <= 2 && cache.address_bytes == 40 * cache.entries.len());
        }
        let (wanted, load) = cache.get_or_load(&url(&"x".repeat(101)), MINUTE, at(9000));
        assert!(matches!(wanted.state, State::Failed { error: PictureError::NoRoom, .. }) && load.is_none());
    }

    #[test]
    fn an_answer_to_an_earlier_load_is_ignored() {
        let mut cache = ImageCache::new(limits());
        let (_, load) = cache.get_or_load(&url("a"), MINUTE, at(0));
        let load = load.expect("a load");
        cache.finish(&url("a"), Load(load.0 + 1), Ok(picture(10)), at(1));
        assert!(matches!(state(&mut cache, "a", 1), State::Loading { .. }));
        cache.finish(&url("b"), load, Ok(picture(10)), at(1));
        assert_eq!(cache.bytes, 0);
    }

    #[test]
    fn replacing_a_picture_keeps_the_count_of_bytes() {
        let mut cache = ImageCache::new(limits());
        loaded(&mut cache, "a", 60, 0);
        loaded(&mut cache, "a", 70, 60);
        assert_eq!(cache.bytes, 70);
        let State::Ready(picture) = state(&mut cache, "a", 61) else { panic!("ready") };
        assert_eq!(picture.bytes(), 70);
    }
}
