//! Processor time of one frame: a filled overview of ten thousand devices against one of a hundred, while it scrolls
//! too, and the page with the dial and the whole document unfolded against the same.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{
    Context, Event, FullOutput, Modifiers, MouseWheelSource, MouseWheelUnit, RawInput, Rect, TouchPhase, pos2, vec2,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use setpoint::accounts::AccountsView;
use setpoint::accounts::settings::Settings;
use setpoint::automation::driver::AutomationView;
use setpoint::engine::{AccountLabel, AccountName, Connection, Snapshot};
use setpoint::home::{DeviceId, DeviceTree};
use setpoint::i18n::{Language, Localizer};
use setpoint::json_tree::JsonTree;
use setpoint::platform::hotkey::HotkeyStatus;
use setpoint::presets::Presets;
use setpoint::ui::pages::{ExplorerState, ImportStatus};
use setpoint::ui::theme::{self, Look};
use setpoint::ui::{CurveCache, Page, Scene, StartsWithDesktop, UiState};
use setpoint::wwn::wire::render;

use crate::timing::{limit, median, ratio, say, timed};
use crate::wire::estate;

fn frame_of(home: DeviceTree, page: Page) -> Duration {
    Framed::default().time(home, page)
}

/// The circumstances of a frame.
pub(crate) struct Framed {
    /// Points by which the wheel moves during each frame.
    pub(crate) wheel: Option<f32>,
    /// The height of the window in points.
    pub(crate) height: f32,
    pub(crate) curves: CurveCache,
    /// The name of a control that is pressed before.
    pub(crate) pressed: Option<&'static str>,
}

impl Default for Framed {
    fn default() -> Self {
        Self { wheel: None, height: 820.0, curves: CurveCache::default(), pressed: None }
    }
}

impl Framed {
    /// The time of a frame.
    pub(crate) fn time(self, home: DeviceTree, page: Page) -> Duration {
        let label = AccountLabel { name: AccountName::Simulated, place: String::new() };
        let mut snapshot = Snapshot::empty(Arc::new(label));
        snapshot.connection = Connection::Live;
        snapshot.confirmed = Arc::new(home);
        snapshot.shown = Arc::clone(&snapshot.confirmed);
        let ctx = Context::default();
        theme::install(&ctx, Look { is_still: true, ..Look::DARK });
        let mut window = UiState::default();
        window.page = page;
        window.explorer = ExplorerState::unfolded();
        window.curves = self.curves;
        let starts = StartsWithDesktop::default();
        let hotkey = HotkeyStatus::default();
        let (i18n, settings, presets) = (Localizer::new(Language::English), Settings::default(), Presets::default());
        let accounts = AccountsView::of_one("simulated", Arc::new(snapshot));
        let order = Arc::default();
        let automation = AutomationView::default();
        let mut frames = 0_u32;
        let mut frame = |events: Vec<Event>| {
            let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1180.0, self.height)));
            let mut input = RawInput { screen_rect, time: Some(f64::from(frames) / 60.0), ..RawInput::default() };
            frames += 1;
            input.events = events;
            ctx.run_ui(input, |ui| {
                let import = ImportStatus::default();
                let scene = Scene {
                    automation: &automation,
                    device_schedules: &BTreeMap::new(),
                    import: &import,
                    failures: &[],
                    snapshot: &accounts,
                    now: NOW,
                    zone: &TimeZone::UTC,
                    i18n: &i18n,
                    notices: &[],
                    settings: &settings,
                    presets: &presets,
                    removed_preset: None,
                    conditions: None,
                    shown: &["simulated"],
                    is_sealed: false,
                    has_tray: true,
                    starts: &starts,
                    hotkey: &hotkey,
                    targets: &[],
                    pinned: &[],
                    order: &order,
                    environment_url: None,
                    has_terminal: false,
                };
                window.ui(ui, scene);
            })
        };
        if let Some(name) = self.pressed {
            ctx.enable_accesskit();
            let mut output = frame(Vec::new());
            output.textures_delta.clear();
            let Some(press) = press(&output, name) else {
                say("the pressed control is missing", name);
                return Duration::ZERO;
            };
            frame(vec![press]).textures_delta.clear();
            ctx.disable_accesskit();
        }
        let wheel = self.wheel;
        let mut painted = || {
            let mut events = vec![Event::PointerMoved(pos2(600.0, 500.0))];
            events.extend(wheel.map(|points| Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta: vec2(0.0, -points),
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            }));
            let mut output = frame(events);
            // There is no renderer here that takes the textures.
            output.textures_delta.clear();
            ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point)
        };
        // The first frames lay out fonts.
        for _ in 0..10 {
            painted();
        }
        median(100, || timed(&mut painted))
    }
}

/// The time at which the window is shown.
pub(crate) const NOW: Timestamp = Timestamp::constant(1_795_357_920, 0);

/// The press of the control with a name.
fn press(output: &FullOutput, name: &str) -> Option<Event> {
    let update = output.platform_output.accesskit_update.as_ref()?;
    let (target_node, _) = update.nodes.iter().find(|(_, node)| node.label() == Some(name))?;
    Some(Event::AccessKitActionRequest(ActionRequest {
        action: Action::Click,
        target_tree: TreeId::ROOT,
        target_node: *target_node,
        data: None,
    }))
}

pub(crate) fn run() {
    // Each thermostat comes with three quarters of a Protect and of a camera. A hundred devices fill the window.
    let (filled, huge) = (estate(60), estate(6_000));
    let (few, many) = (filled.device_count(), huge.device_count());
    let baseline = frame_of(filled, Page::Overview);
    let ours = frame_of(huge.clone(), Page::Overview);
    ratio(&format!("a frame of the overview, {many} devices / {few}"), ours, baseline, 1.1);
    let ours = Framed { wheel: Some(120.0), ..Framed::default() }.time(huge, Page::Overview);
    limit(&format!("a frame of the overview while it scrolls, {many} devices"), ours, Duration::from_micros(16_667));
    let few = estate(6);
    let dial = few.thermostats.keys().next().cloned().unwrap_or_else(|| DeviceId::from("none"));
    let ours = frame_of(few, Page::Thermostat(dial));
    ratio("a frame of the dial's page / of the overview", ours, baseline, 1.5);
    // A thermostat with its other devices is some ninety lines of JSON.
    for thermostats in [110, 1_100] {
        let home = estate(thermostats);
        let lines = JsonTree::read(render(&home).as_bytes()).map(|json_tree| json_tree.len()).unwrap_or_default();
        let ours = frame_of(home, Page::Explorer);
        ratio(&format!("a frame of a document of {lines} lines / of the overview"), ours, baseline, 1.5);
    }
}
