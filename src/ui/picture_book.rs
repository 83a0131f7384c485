//! The pictures of cameras as textures: what was decoded aside becomes what is drawn.

use std::collections::BTreeMap;
use std::time::Duration;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::home::Confidential;
use crate::media::{Lookup, Picture, PictureError, Showing, State};

/// Gives what there is of a picture, and which account it is of: only within one account the ids of
/// pictures are unique. Tests give pictures of their own.
type Source = Box<dyn Fn(&Confidential, Duration) -> Option<(usize, Lookup)>>;

/// Textures that nobody drew for so many frames are let go.
const FRAMES_KEPT: u64 = 120;

/// The pictures of the accounts that are open.
#[derive(Default)]
pub struct PictureBook {
    source: Option<Source>,
    textures: BTreeMap<(usize, u64), Sheet>,
}

struct Sheet {
    frames: Vec<TextureHandle>,
    drawn_at: u64,
}

/// What a view draws of a picture.
pub(super) struct Page {
    /// The frame that is shown now.
    pub(super) texture: Option<TextureHandle>,
    /// Whether there is more than one frame.
    pub(super) moves: bool,
    /// Whether it is being asked for.
    pub(super) is_loading: bool,
    /// Why there is no newer one.
    pub(super) error: Option<PictureError>,
}

impl PictureBook {
    /// Pictures of several accounts.
    pub(super) fn of_accounts(source: impl Fn(&Confidential, Duration) -> Option<(usize, Lookup)> + 'static) -> Self {
        Self { source: Some(Box::new(source)), textures: BTreeMap::new() }
    }

    /// Forgets what was made for a window that is gone; the pictures themselves stay.
    pub(super) fn lose_textures(&mut self) {
        self.textures.clear();
    }

    /// Pictures from anywhere.
    pub fn from_source(source: impl Fn(&Confidential, Duration) -> Lookup + 'static) -> Self {
        Self::of_accounts(move |url, max_age| Some((0, source(url, max_age))))
    }

    /// Lets textures go that nobody draws any more.
    pub(super) fn tidy(&mut self, ctx: &Context) {
        let now = ctx.cumulative_frame_nr();
        self.textures.retain(|_, sheet| now.saturating_sub(sheet.drawn_at) <= FRAMES_KEPT);
    }

    /// What there is of a picture; `plays_since` is how long it has been playing, if it is.
    pub(super) fn page(
        &mut self,
        ctx: &Context,
        url: &Confidential,
        max_age: Duration,
        plays_since: Option<Duration>,
    ) -> Page {
        let Some((account, Lookup { state, .. })) = self.source.as_ref().and_then(|source| source(url, max_age)) else {
            return Page { texture: None, moves: false, is_loading: false, error: None };
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
        Page {
            texture: picture.and_then(|picture| self.texture(ctx, account, picture, showing.frame)),
            moves,
            is_loading: matches!(state, State::Loading { .. }),
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
            Sheet { frames: picture.frames.iter().enumerate().map(load).collect(), drawn_at: 0 }
        });
        sheet.drawn_at = ctx.cumulative_frame_nr();
        sheet.frames.get(frame).cloned()
    }
}
