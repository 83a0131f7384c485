//! Settings of the desktop notifications: the kinds, quiet hours, and single cameras.

use egui::Ui;

use crate::accounts::settings::{CameraNews, Notify};
use crate::home::DeviceId;
use crate::ui::intent::{AppIntent, Preference};
use crate::ui::theme::title;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, choice_ui, plain_row_ui, toggle_ui};

/// Default hours of the quiet time.
const NIGHT: (u8, u8) = (22, 7);

/// Draws the card of the notifications.
pub(super) fn notify_ui(ui: &mut Ui, view: &mut ViewContext<'_>, notify: &Notify) {
    /// A row: its message id, true if it is on, and the setter.
    type Flag = (&'static str, bool, fn(&mut Notify, bool));
    let flags: [Flag; 6] = [
        ("notify-alarms", notify.alarms, |notify, on| notify.alarms = on),
        ("notify-people", notify.people, |notify, on| notify.people = on),
        ("notify-motion", notify.motion, |notify, on| notify.motion = on),
        ("notify-refused", notify.refused, |notify, on| notify.refused = on),
        ("notify-sign-in", notify.sign_in, |notify, on| notify.sign_in = on),
        ("notify-offline", notify.offline, |notify, on| notify.offline = on),
    ];
    card_ui(ui, |ui| {
        ui.label(title(view.text("notify")));
        for (name, is_on, set) in flags {
            let about = if name == "notify-motion" { view.text("notify-cameras-about") } else { String::new() };
            flag_ui(ui, view, notify, name, &about, is_on, set);
        }
        let about = view.text("notify-quiet-about");
        flag_ui(ui, view, notify, "notify-quiet", &about, notify.quiet.is_some(), |notify, on| {
            notify.quiet = on.then_some(NIGHT);
        });
        if let Some((from, until)) = notify.quiet {
            hour_ui(ui, view, notify, "notify-quiet-from", (from, until), |hour| (hour, until));
            hour_ui(ui, view, notify, "notify-quiet-until", (until, from), |hour| (from, hour));
        }
    });
}

fn flag_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    notify: &Notify,
    name: &str,
    about: &str,
    is_on: bool,
    set: impl Fn(&mut Notify, bool),
) {
    ui.separator();
    let name = view.text(name);
    plain_row_ui(ui, view, &name, about, |ui, view| {
        let mut on = is_on;
        if toggle_ui(ui, &mut on, &name).changed() {
            let mut changed = notify.clone();
            set(&mut changed, on);
            view.send(AppIntent::Prefer(Preference::Notify(changed)));
        }
    });
}

/// Draws a list of hours. The hour of the other end is left out, because the quiet time needs a length.
fn hour_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    notify: &Notify,
    name: &str,
    (chosen, other): (u8, u8),
    set: impl Fn(u8) -> (u8, u8),
) {
    let name = view.text(name);
    plain_row_ui(ui, view, &name, "", |ui, view| {
        let hours: Vec<u8> = (0..24).filter(|hour| *hour != other).collect();
        if let Some(hour) = choice_ui(ui, &name, Some(&chosen), &hours, |hour| format!("{hour}:00")) {
            let changed = Notify { quiet: Some(set(hour)), ..notify.clone() };
            view.send(AppIntent::Prefer(Preference::Notify(changed)));
        }
    });
}

/// Draws the notification row of a camera, on its page.
pub(super) fn camera_news_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId) {
    let notify = view.notify;
    let chosen = notify.cameras.get(id.as_str()).copied();
    card_ui(ui, |ui| {
        let name = view.text("notify-camera");
        plain_row_ui(ui, view, &name, &view.text("notify-camera-about"), |ui, view| {
            let options: Vec<Option<CameraNews>> = std::iter::once(None).chain(CameraNews::ALL.map(Some)).collect();
            let words = |news: &Option<CameraNews>| {
                view.text(match news {
                    None => "notify-camera-usual",
                    Some(CameraNews::Nothing) => "notify-camera-nothing",
                    Some(CameraNews::People) => "notify-camera-people",
                    Some(CameraNews::Movement) => "notify-camera-movement",
                })
            };
            if let Some(picked) = choice_ui(ui, &name, Some(&chosen), &options, words) {
                let mut changed = notify.clone();
                match picked {
                    Some(news) => changed.cameras.insert(id.as_str().to_owned(), news),
                    None => changed.cameras.remove(id.as_str()),
                };
                view.send(AppIntent::Prefer(Preference::Notify(changed)));
            }
        });
    });
}
