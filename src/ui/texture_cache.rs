//! Textures of the cameras' pictures, uploaded from decoded frames.

use std::collections::BTreeMap;
use std::time::Duration;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};
use jiff::Timestamp;

use crate::home::Confidential;
use crate::media::{CameraEventId, Lookup, Picture, PictureError, PictureSource, Showing, State};

/// The pictures of the accounts. Tests supply pictures of their own.
pub(crate) trait PictureLookup {
    /// Returns a picture with the index of its account, because ids of pictures are unique only within one account.
    /// `max_age` is the age after which it loads again.
    fn get_or_load(&self, source: &PictureSource, max_age: Duration) -> Option<(usize, Lookup)>;

    /// True if the picture of an event is kept. Loads nothing.
    fn has_event(&self, event: &CameraEventId) -> bool;
}

/// The pictures of links, without any of events.
struct OfLinks<F>(F);

impl<F: Fn(&Confidential, Duration) -> Lookup> PictureLookup for OfLinks<F> {
    fn get_or_load(&self, source: &PictureSource, max_age: Duration) -> Option<(usize, Lookup)> {
        match source {
            PictureSource::Url(url) => Some((0, self.0(url, max_age))),
            PictureSource::Event(_) => None,
        }
    }

    fn has_event(&self, _event: &CameraEventId) -> bool {
        false
    }
}

/// Frames after which a texture that was not drawn is dropped.
const FRAMES_KEPT: u64 = 120;

/// The cache of textures, for the pictures of all open accounts.
#[derive(Default)]
pub struct TextureCache {
    source: Option<Box<dyn PictureLookup>>,
    textures: BTreeMap<(usize, u64), CachedTexture>,
}

struct CachedTexture {
    frames: Vec<TextureHandle>,
    drawn_at: u64,
}

/// The parts of a picture that a view draws.
#[derive(Default)]
pub(super) struct PictureView {
    /// The current frame.
    pub(super) texture: Option<TextureHandle>,
    /// True if the picture has more than one frame.
    pub(super) moves: bool,
    /// True while the picture loads.
    pub(super) is_loading: bool,
    /// The time when the picture was loaded.
    pub(super) loaded_at: Option<Timestamp>,
    /// The reason why there is no newer picture.
    pub(super) error: Option<PictureError>,
}

impl TextureCache {
    /// Creates a cache over pictures.
    pub(crate) fn of(source: impl PictureLookup + 'static) -> Self {
        Self { source: Some(Box::new(source)), textures: BTreeMap::new() }
    }

    /// Creates a cache over the pictures of links alone.
    pub fn from_source(source: impl Fn(&Confidential, Duration) -> Lookup + 'static) -> Self {
        Self::of(OfLinks(source))
    }

    /// True if the picture of an event is kept.
    pub(super) fn has_event(&self, event: &CameraEventId) -> bool {
        self.source.as_ref().is_some_and(|source| source.has_event(event))
    }

    /// Drops the textures of a closed window; the decoded pictures stay.
    pub(super) fn lose_textures(&mut self) {
        self.textures.clear();
    }

    /// Drops the textures that were not drawn lately.
    pub(super) fn evict_unused(&mut self, ctx: &Context) {
        let now = ctx.cumulative_frame_nr();
        self.textures.retain(|_, sheet| now.saturating_sub(sheet.drawn_at) <= FRAMES_KEPT);
    }

    /// Returns the current frame of a picture. `plays_since` is the time since playback began, while it plays.
    pub(super) fn page(
        &mut self,
        ctx: &Context,
        from: &PictureSource,
        max_age: Duration,
        plays_since: Option<Duration>,
    ) -> PictureView {
        let Some((account, Lookup { state, .. })) =
            self.source.as_ref().and_then(|source| source.get_or_load(from, max_age))
        else {
            return PictureView::default();
        };
        let picture = state.picture();
        let moves = picture.is_some_and(|picture| picture.moves());
        let showing = match (picture, plays_since) {
            (Some(picture), Some(since)) => picture.showing(since),
            (_, _) => Showing { frame: 0, next_in: None },
        };
        if let Some(next) = showing.next_in {
            ctx.request_repaint_after(next);
        }
        PictureView {
            texture: picture.and_then(|picture| self.texture(ctx, account, picture, showing.frame)),
            moves,
            is_loading: matches!(state, State::Loading { .. }),
            loaded_at: picture.map(|picture| picture.loaded_at),
            error: state.error().cloned(),
        }
    }

    fn texture(&mut self, ctx: &Context, account: usize, picture: &Picture, frame: usize) -> Option<TextureHandle> {
        let sheet = self.textures.entry((account, picture.id)).or_insert_with(|| {
            let [width, height] = picture.size.map(|side| side as usize);
            let load = |(index, frame): (usize, &crate::media::Frame)| {
                let image = ColorImage::from_rgba_unmultiplied([width, height], &frame.rgba);
                ctx.load_texture(format!("picture {account} {} {index}", picture.id), image, TextureOptions::LINEAR)
            };
            CachedTexture { frames: picture.frames.iter().enumerate().map(load).collect(), drawn_at: 0 }
        });
        sheet.drawn_at = ctx.cumulative_frame_nr();
        sheet.frames.get(frame).cloned()
    }
}
