//! Textures of the cameras' pictures, uploaded from decoded frames.

use std::collections::BTreeMap;
use std::time::Duration;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};
use jiff::Timestamp;

use crate::home::Confidential;
use crate::media::{Lookup, Picture, PictureError, Showing, State};

/// Looks a picture up and returns it with the index of its account, because ids of pictures are unique only
/// within one account. Tests supply pictures of their own.
type ImageSource = Box<dyn Fn(&Confidential, Duration) -> Option<(usize, Lookup)>>;

/// Frames after which a texture that was not drawn is dropped.
const FRAMES_KEPT: u64 = 120;

/// The cache of textures, for the pictures of all open accounts.
#[derive(Default)]
pub struct TextureCache {
    source: Option<ImageSource>,
    textures: BTreeMap<(usize, u64), CachedTexture>,
}

struct CachedTexture {
    frames: Vec<TextureHandle>,
    drawn_at: u64,
}

/// The parts of a picture that a view draws.
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
    /// Creates a cache over the pictures of several accounts.
    pub(crate) fn of_accounts(source: impl Fn(&Confidential, Duration) -> Option<(usize, Lookup)> + 'static) -> Self {
        Self { source: Some(Box::new(source)), textures: BTreeMap::new() }
    }

    /// Drops the textures of a closed window; the decoded pictures stay.
    pub(super) fn lose_textures(&mut self) {
        self.textures.clear();
    }

    /// Creates a cache over a single source of pictures.
    pub fn from_source(source: impl Fn(&Confidential, Duration) -> Lookup + 'static) -> Self {
        Self::of_accounts(move |url, max_age| Some((0, source(url, max_age))))
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
        url: &Confidential,
        max_age: Duration,
        plays_since: Option<Duration>,
    ) -> PictureView {
        let Some((account, Lookup { state, .. })) = self.source.as_ref().and_then(|source| source(url, max_age)) else {
            return PictureView { texture: None, moves: false, is_loading: false, loaded_at: None, error: None };
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
