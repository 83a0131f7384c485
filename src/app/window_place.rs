//! The place of the main window: kept when it closes, and fitted to the monitors when it opens.

use std::thread::JoinHandle;

use egui::{Context, Pos2, Rect, Vec2, ViewportBuilder, ViewportCommand};

use super::App;
use crate::accounts::settings::WindowPlace;
use crate::platform::monitor::{self, Monitor, Placement};

/// Width and height of the window of a first start, in points.
const USUAL_SIZE: [u16; 2] = [1180, 820];
/// Smallest width and height of the window, in points.
const SMALLEST: [f32; 2] = [360.0, 420.0];

/// The monitors, which a thread asks for while the program starts: the X server takes some milliseconds to answer.
#[derive(Debug, Default)]
pub(super) struct AskedAreas(Option<JoinHandle<Vec<Monitor>>>);

impl AskedAreas {
    /// Asks for the monitors.
    pub(super) fn ask() -> Self {
        Self(std::thread::Builder::new().name("setpoint-monitors".to_owned()).spawn(monitor::work_areas).ok())
    }

    /// The answer to the question; a new one if it was taken already.
    fn take(&mut self) -> Vec<Monitor> {
        self.0.take().and_then(|asked| asked.join().ok()).unwrap_or_else(monitor::work_areas)
    }
}

/// The window as it opens.
#[derive(Debug, Clone)]
pub(super) struct OpeningWindow {
    kept: Option<WindowPlace>,
    areas: Vec<Monitor>,
    placement: Placement,
}

impl OpeningWindow {
    /// Fits the window that was closed last, or that of a first start, to the monitors.
    pub(super) fn new(kept: Option<WindowPlace>, areas: Vec<Monitor>) -> Self {
        let placement = fit(kept, &areas);
        Self { kept, areas, placement }
    }

    /// Sets the size and the place of a window that is built.
    pub(super) fn apply(&self, viewport: ViewportBuilder) -> ViewportBuilder {
        let Placement { at, size } = self.placement;
        let viewport = viewport
            .with_inner_size(size)
            .with_min_inner_size([SMALLEST[0].min(size[0]), SMALLEST[1].min(size[1])])
            .with_maximized(self.kept.is_some_and(|kept| kept.is_maximized));
        match at {
            Some(at) => viewport.with_position(at),
            None => viewport,
        }
    }

    /// Resizes an open window whose scale factor differs from the expected one. Only an open window knows it for
    /// certain.
    pub(super) fn correct(&self, ctx: &Context) {
        let Some(scale) = ctx.native_pixels_per_point() else { return };
        if self.areas.iter().all(|area| (area.scale - scale).abs() < 0.01) {
            return;
        }
        let areas: Vec<Monitor> = self.areas.iter().map(|area| Monitor { scale, ..*area }).collect();
        let Placement { at, size } = fit(self.kept, &areas);
        let zoom = ctx.zoom_factor();
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(Vec2::from(size) / zoom));
        if let Some(at) = at {
            ctx.send_viewport_cmd(ViewportCommand::OuterPosition(Pos2::from(at) / zoom));
        }
    }
}

fn fit(kept: Option<WindowPlace>, areas: &[Monitor]) -> Placement {
    let [width, height] = kept.map_or(USUAL_SIZE, |kept| kept.size);
    let size = [f32::from(width).max(SMALLEST[0]), f32::from(height).max(SMALLEST[1])];
    // No desktop is so large that the conversion loses a point.
    let at = kept.and_then(|kept| kept.at).map(|at| at.map(|points| points as f32));
    Placement::fit(at, size, areas)
}

/// The place of an open window; `before` is that of the frame before.
pub(super) fn place_of(ctx: &Context, before: Option<WindowPlace>) -> Option<WindowPlace> {
    let zoom = ctx.zoom_factor();
    ctx.input(|input| {
        let viewport = input.viewport();
        if viewport.minimized == Some(true) || viewport.fullscreen == Some(true) {
            return before;
        }
        let inside = viewport.inner_rect?;
        let shown = WindowPlace {
            at: viewport
                .outer_rect
                .map(|Rect { min, .. }| [(min.x * zoom).round() as i32, (min.y * zoom).round() as i32]),
            size: [inside.width(), inside.height()].map(|points| (points * zoom).round() as u16),
            is_maximized: viewport.maximized == Some(true),
        };
        // A maximized window returns to the place that it had before.
        Some(match before {
            Some(before) if shown.is_maximized => WindowPlace { is_maximized: true, ..before },
            _ => shown,
        })
    })
}

impl App {
    /// Uses monitors that were asked for before.
    pub(super) fn know_areas(&mut self, areas: AskedAreas) {
        self.viewports.areas = areas;
    }

    /// Begins to open the window.
    pub(super) fn opening_window(&mut self) -> &OpeningWindow {
        let kept = self.setup.settings.window;
        self.viewports.place = kept;
        let areas = self.viewports.areas.take();
        self.viewports.opening.insert(OpeningWindow::new(kept, areas))
    }

    /// Follows the open window: corrects its size in its first frame, and notes its place.
    pub(super) fn follow_window(&mut self, ctx: &Context) {
        if let Some(opening) = self.viewports.opening.take() {
            opening.correct(ctx);
        }
        self.viewports.place = place_of(ctx, self.viewports.place);
    }

    /// Keeps the place and the page of the window for the next start.
    pub(super) fn remember_window(&mut self) {
        let page = Some(self.window.page.to_word());
        let settings = &mut self.setup.settings;
        let place = self.viewports.place.or(settings.window);
        if settings.window != place || settings.page != page {
            settings.window = place;
            settings.page = page;
            self.save_settings();
        }
    }
}
