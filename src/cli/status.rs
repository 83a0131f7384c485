//! `setpoint status`: prints every home and device.
//!
//! The JSON form is stable: `{"structures": […], "thermostats": […], "cameras": […], "protects": […]}`. Each
//! entry has `id`, `name` and `online` if known; temperatures are `_c` and `_f`; unknown values are omitted. In
//! Eco a thermostat has `eco_low` and `eco_high` in place of its targets.

use clap::Args;
use serde_json::{Map, Value, json};

use super::{CliError, Context, print, sanitize};
use crate::home::{Camera, DeviceTree, HvacMode, HvacState, Protect, Structure, Temperature, Thermostat};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(context: &Context, arguments: Arguments) -> Result<(), CliError> {
    let home = context.backend().await?.home().await?;
    if arguments.json {
        return print(summary(&home));
    }
    let lines = lines(&home);
    if lines.is_empty() {
        return print("The account has no homes and no devices");
    }
    lines.into_iter().try_for_each(print)
}

fn lines(home: &DeviceTree) -> Vec<String> {
    let mut lines = Vec::new();
    for structure in home.structures.values() {
        let away = structure.away.as_ref().map_or_else(String::new, |away| format!("  ({})", sanitize(away.as_str())));
        lines.push(format!("{}{away}", sanitize(structure.name.as_deref().unwrap_or("Home without a name"))));
        let within = |id: Option<&crate::home::StructureId>| {
            id.and_then(|id| home.structures.get(id))
                .is_some_and(|own| std::ptr::eq(&raw const **own, &raw const **structure))
        };
        lines.extend(home.thermostats.values().filter(|t| within(t.structure_id.as_ref())).map(|t| thermostat_line(t)));
        lines.extend(home.cameras.values().filter(|c| within(c.structure_id.as_ref())).map(|c| camera_line(c)));
        lines.extend(home.protects.values().filter(|p| within(p.structure_id.as_ref())).map(|p| protect_line(p)));
    }
    // Devices without a known structure are shown too.
    let lost = |id: Option<&crate::home::StructureId>| id.is_none_or(|id| !home.structures.contains_key(id));
    lines.extend(home.thermostats.values().filter(|t| lost(t.structure_id.as_ref())).map(|t| thermostat_line(t)));
    lines.extend(home.cameras.values().filter(|c| lost(c.structure_id.as_ref())).map(|c| camera_line(c)));
    lines.extend(home.protects.values().filter(|p| lost(p.structure_id.as_ref())).map(|p| protect_line(p)));
    lines
}

fn thermostat_line(thermostat: &Thermostat) -> String {
    let scale = thermostat.scale();
    let degrees = |t: Option<Temperature>| t.map_or_else(|| "?".to_owned(), |t| t.setpoint(scale).to_string());
    let wants = match &thermostat.hvac_mode {
        Some(HvacMode::Heat | HvacMode::Cool) => format!("target {}", degrees(thermostat.target_temperature)),
        Some(HvacMode::HeatCool) => {
            let (low, high) = (thermostat.target_temperature_low, thermostat.target_temperature_high);
            format!("between {} and {}", degrees(low), degrees(high))
        }
        Some(HvacMode::Eco) => {
            let limit = |t: Temperature| t.setpoint(scale).to_string();
            match thermostat.eco_limits() {
                (Some(low), Some(high)) => format!("eco {} to {}", limit(low), limit(high)),
                (Some(low), None) => format!("eco {}", limit(low)),
                (None, Some(high)) => format!("eco {}", limit(high)),
                (None, None) => "eco".to_owned(),
            }
        }
        Some(HvacMode::Off) => "off".to_owned(),
        Some(HvacMode::Other(word)) => word.to_string(),
        None => "mode unknown".to_owned(),
    };
    let doing = match &thermostat.hvac_state {
        Some(HvacState::Heating) => ", heating",
        Some(HvacState::Cooling) => ", cooling",
        Some(HvacState::Off | HvacState::Other(_)) | None => "",
    };
    let room = degrees(thermostat.ambient_temperature);
    entry(thermostat.name.as_deref(), "thermostat", &format!("{room}, {wants}{doing}"), thermostat.is_online)
}

fn camera_line(camera: &Camera) -> String {
    let state = match camera.is_streaming {
        Some(true) => "on",
        Some(false) => "off",
        None => "",
    };
    entry(camera.name.as_deref(), "camera", state, camera.is_online)
}

fn protect_line(protect: &Protect) -> String {
    let smoke = protect.smoke_alarm_state.as_ref().map_or("unknown", |state| state.as_str());
    let co = protect.co_alarm_state.as_ref().map_or("unknown", |state| state.as_str());
    let battery = protect.battery_health.as_ref().map_or("unknown", |state| state.as_str());
    entry(protect.name.as_deref(), "Protect", &format!("smoke {smoke}, CO {co}, battery {battery}"), protect.is_online)
}

fn entry(name: Option<&str>, kind: &str, state: &str, online: Option<bool>) -> String {
    let offline = if online == Some(false) { "  [offline]" } else { "" };
    let line = format!("  {:<20} {kind:<11} {}{offline}", sanitize(name.unwrap_or("without a name")), sanitize(state));
    line.trim_end().to_owned()
}

fn summary(home: &DeviceTree) -> Value {
    json!({
        "structures": home.structures.iter().map(|(id, s)| structure(id.as_str(), s)).collect::<Vec<_>>(),
        "thermostats": home.thermostats.iter().map(|(id, t)| thermostat(id.as_str(), t)).collect::<Vec<_>>(),
        "cameras": home.cameras.iter().map(|(id, c)| camera(id.as_str(), c)).collect::<Vec<_>>(),
        "protects": home.protects.iter().map(|(id, p)| protect(id.as_str(), p)).collect::<Vec<_>>(),
    })
}

/// An object without unknown values.
fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Map<String, Value> {
    fields.into_iter().filter_map(|(key, value)| value.map(|value| (key.to_owned(), value))).collect()
}

fn text(text: Option<&String>) -> Option<Value> {
    text.map(|text| Value::from(text.as_str()))
}

fn structure(id: &str, structure: &Structure) -> Value {
    Value::Object(object([
        ("id", Some(Value::from(id))),
        ("name", text(structure.name.as_ref())),
        ("away", structure.away.as_ref().map(|away| Value::from(away.as_str()))),
        ("time_zone", text(structure.time_zone.as_ref())),
    ]))
}

fn thermostat(id: &str, thermostat: &Thermostat) -> Value {
    let mut fields = object([
        ("id", Some(Value::from(id))),
        ("name", text(thermostat.name.as_ref())),
        ("online", thermostat.is_online.map(Value::from)),
        ("structure_id", thermostat.structure_id.as_ref().map(|id| Value::from(id.as_str()))),
        ("mode", thermostat.hvac_mode.as_ref().map(|mode| Value::from(mode.as_str()))),
        ("state", thermostat.hvac_state.as_ref().map(|state| Value::from(state.as_str()))),
        ("scale", thermostat.temperature_scale.map(|scale| Value::from(scale.letter()))),
        ("humidity", thermostat.humidity.map(Value::from)),
        ("fan", thermostat.fan_timer_active.map(Value::from)),
    ]);
    // In Eco its limits are in effect, and the targets of the mode before are not.
    let is_eco = thermostat.hvac_mode == Some(HvacMode::Eco);
    let in_force = |target: Option<Temperature>| target.filter(|_| !is_eco);
    let (eco_low, eco_high) = if is_eco { thermostat.eco_limits() } else { (None, None) };
    for (name, temperature) in [
        ("ambient", thermostat.ambient_temperature),
        ("target", in_force(thermostat.target_temperature)),
        ("target_low", in_force(thermostat.target_temperature_low)),
        ("target_high", in_force(thermostat.target_temperature_high)),
        ("eco_low", eco_low),
        ("eco_high", eco_high),
    ] {
        if let Some(temperature) = temperature {
            fields.insert(format!("{name}_c"), Value::from(temperature.celsius_view()));
            fields.insert(format!("{name}_f"), Value::from(temperature.fahrenheit_view() as i64));
        }
    }
    Value::Object(fields)
}

fn camera(id: &str, camera: &Camera) -> Value {
    Value::Object(object([
        ("id", Some(Value::from(id))),
        ("name", text(camera.name.as_ref())),
        ("online", camera.is_online.map(Value::from)),
        ("structure_id", camera.structure_id.as_ref().map(|id| Value::from(id.as_str()))),
        ("streaming", camera.is_streaming.map(Value::from)),
    ]))
}

fn protect(id: &str, protect: &Protect) -> Value {
    Value::Object(object([
        ("id", Some(Value::from(id))),
        ("name", text(protect.name.as_ref())),
        ("online", protect.is_online.map(Value::from)),
        ("structure_id", protect.structure_id.as_ref().map(|id| Value::from(id.as_str()))),
        ("smoke", protect.smoke_alarm_state.as_ref().map(|state| Value::from(state.as_str()))),
        ("co", protect.co_alarm_state.as_ref().map(|state| Value::from(state.as_str()))),
        ("battery", protect.battery_health.as_ref().map(|state| Value::from(state.as_str()))),
    ]))
}
