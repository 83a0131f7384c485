//! curl with the lines of the guide "API Write Examples", unchanged but for the address, the id and the token,
//! and with further forms that old clients used.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::process::Command;

use super::checks::{Checks, differs, run};
use super::support::nle::Nle;
use super::support::sdm::Sdm;
use super::support::stub::{SERIAL, Stub};
use super::support::user::{Bridge, User};

/// The bridge answers within 20 seconds.
const CURL_SECS: u64 = 30;

/// The form of a write.
#[derive(Debug, Clone, Copy)]
enum How {
    /// The form of the guide.
    Guide,
    /// The other method that the guide names.
    Patch,
    /// With `.json` after the path and the token in the address.
    InAddress,
    /// The value alone, at its own path.
    Bare,
    /// No content type for JSON: curl declares a form.
    AsForm,
}

/// The expected result.
enum Wanted {
    /// These commands arrive, and reading the field returns the written value.
    Sent(Vec<String>),
    /// The service's error with this status and a text that contains these words.
    Refused(u16, &'static str),
}

struct Line {
    how: How,
    path: String,
    body: Value,
    wanted: Wanted,
}

fn sent(how: How, path: &str, body: Value, commands: &[(&str, Value)]) -> Line {
    let commands = commands.iter().map(|(name, value)| format!("{name} {value}")).collect();
    Line { how, path: path.to_owned(), body, wanted: Wanted::Sent(commands) }
}

fn refused(path: &str, body: Value, status: u16, why: &'static str) -> Line {
    Line { how: How::Guide, path: path.to_owned(), body, wanted: Wanted::Refused(status, why) }
}

/// Status and body of one call. curl follows redirects as in the guide.
async fn curl(arguments: &[&str], url: &str) -> (u16, String) {
    let mut command = Command::new("curl");
    // Options beyond the guide: no progress, the status on its own line, and a time limit.
    command.args(["--silent", "--show-error", "--noproxy", "*", "--max-time", &CURL_SECS.to_string()]);
    command.args(["--location-trusted", "--write-out", "\n%{http_code}"]).args(arguments).arg(url);
    let output = run(command, Duration::from_secs(CURL_SECS + 5)).await;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let (body, status) = said.rsplit_once('\n').expect("a status");
    (status.parse().expect("a number"), body.to_owned())
}

async fn write(bridge: &Bridge, line: &Line) -> (u16, String) {
    let Bridge { front, token, .. } = bridge;
    let (url, bearer) = (format!("{front}/{}", line.path), format!("Authorization: Bearer {token}"));
    let (json, body) = ("Content-Type: application/json", line.body.to_string());
    match line.how {
        How::Guide => curl(&["-X", "PUT", "-H", json, "-H", &bearer, "-d", &body], &url).await,
        How::Patch => curl(&["-X", "PATCH", "-H", json, "-H", &bearer, "-d", &body], &url).await,
        How::InAddress => curl(&["-X", "PUT", "-d", &body], &format!("{url}.json?auth={token}")).await,
        How::Bare => {
            let (field, value) = only(&line.body);
            let arguments = ["-X", "PUT", "-H", json, "-H", &bearer, "-d", &value.to_string()];
            curl(&arguments, &format!("{url}/{field}")).await
        }
        How::AsForm => curl(&["-X", "PUT", "-H", &bearer, "-d", &body], &url).await,
    }
}

/// The first field of a body.
fn only(body: &Value) -> (&String, &Value) {
    body.as_object().and_then(|body| body.iter().next()).expect("a field")
}

async fn read(bridge: &Bridge, path: &str) -> (u16, String) {
    curl(&["-H", &format!("Authorization: Bearer {}", bridge.token)], &format!("{}/{path}", bridge.front)).await
}

/// The problem with the answer to a write or with its effect, if there is one.
async fn problem(stub: &Stub, bridge: &Bridge, line: &Line) -> Option<String> {
    stub.report();
    let before = stub.commands().len();
    let (status, text) = write(bridge, line).await;
    let answer: Value = serde_json::from_str(&text).unwrap_or_default();
    let commands = stub.commands().split_off(before);
    match &line.wanted {
        Wanted::Sent(wanted) => {
            let (_, bare) = only(&line.body);
            let echo = if matches!(line.how, How::Bare) { bare } else { &line.body };
            let mut problem = differs("status", &status, &200).map(|problem| format!("{problem}: {text}"));
            problem = problem.or_else(|| differs("the echo", &answer, echo));
            problem = problem.or_else(|| differs("the service was told", &commands, wanted));
            for (field, value) in line.body.as_object().into_iter().flatten() {
                let path = format!("{}/{field}", line.path);
                let (status, text) = read(bridge, &path).await;
                let shown: Value = serde_json::from_str(&text).unwrap_or_default();
                let is_same = status == 200 && (shown == *value || shown.as_f64().is_some_and(|n| value == n));
                problem = problem.or_else(|| (!is_same).then(|| format!("{path} is read back as {status} {text}")));
            }
            problem
        }
        Wanted::Refused(wanted, why) => {
            let mut problem = differs("status", &status, wanted).map(|problem| format!("{problem}: {text}"));
            problem = problem.or_else(|| error_problem(&answer, why));
            problem.or_else(|| differs("the service was told", &commands, &Vec::new()))
        }
    }
}

/// The problem with an error of the service, if there is one.
fn error_problem(answer: &Value, why: &str) -> Option<String> {
    let of = |key: &str| answer[key].as_str().unwrap_or_default();
    let is_one = of("error") == of("message")
        && of("error").contains(why)
        && of("type").contains("/error-messages#")
        && uuid::Uuid::parse_str(of("instance")).is_ok();
    (!is_one).then(|| format!("not the error with “{why}”: {answer}"))
}

/// Runs groups of lines, each group on its own bridge: all together exceed the limit per minute of the service.
async fn play(client: &'static str, stub: Stub, scenes: Vec<Vec<Line>>) {
    let mut checks = Checks::of(client);
    let user = User::new();
    stub.add_to(&user).await;
    for lines in scenes {
        let bridge = user.serve().await;
        for line in lines {
            let name = format!("{:?}: {} {}", line.how, line.path, line.body);
            let problem = problem(&stub, &bridge, &line).await;
            checks.check(&name, problem);
        }
    }
    let bridge = user.serve().await;
    around(&mut checks, &stub, &bridge).await;
    checks.finish();
}

/// Calls that change nothing: a wrong token, a redirect that is not followed, the stream.
async fn around(checks: &mut Checks, stub: &Stub, bridge: &Bridge) {
    let before = stub.commands();
    let thermostat = format!("{}/{}", bridge.front, thermostat(stub));
    let (body, wrong) = ("{\"target_temperature_f\": 55}", "Authorization: Bearer c.wrong");
    for (method, data) in [("GET", &[][..]), ("PUT", &["-d", body])] {
        let (status, text) = curl(&[&["-X", method, "-H", wrong], data].concat(), &thermostat).await;
        let problem = differs("status", &status, &401).or_else(|| {
            let answer: Value = serde_json::from_str(&text).unwrap_or_default();
            error_problem(&answer, "unauthorized")
        });
        checks.check(&format!("{method} with a wrong token is refused"), problem);
    }
    let bearer = format!("Authorization: Bearer {}", bridge.token);
    // curl uses the last of two such options.
    let (status, _) = curl(&["--max-redirs", "0", "-X", "PUT", "-d", body, "-H", &bearer], &thermostat).await;
    checks.check("the front leads on and writes nothing", differs("status", &status, &307));
    let stream = ["-N", "-H", "Accept: text/event-stream", "-H", &bearer, "--max-time", "2"];
    let (status, text) = curl(&stream, &format!("{}/", bridge.front)).await;
    let is_home = status == 200 && text.starts_with("event: put\ndata: {") && text.contains("\"thermostats\"");
    checks.check("the stream begins with the whole home", (!is_home).then(|| format!("{status}: {text}")));
    checks.check("none of that reached the service", differs("the service was told", &stub.commands(), &before));
}

fn thermostat(stub: &Stub) -> String {
    match stub {
        Stub::Nle(_) => format!("devices/thermostats/{SERIAL}"),
        Stub::Sdm(_) => "devices/thermostats/thermostat".to_owned(),
    }
}

#[tokio::test]
async fn curl_on_no_longer_evil() {
    let stub = Stub::Nle(Nle::start(&[SERIAL]).await);
    let (t, home) = (thermostat(&stub), format!("structures/{}", stub.home()));
    let home = home.as_str();
    let celsius = |fahrenheit: f64| json!((fahrenheit - 32.0) / 1.8);
    let to = |how, degrees: f64| {
        sent(how, &t, json!({ "target_temperature_f": degrees as i64 }), &[("set_temperature", celsius(degrees))])
    };
    let guide = vec![
        sent(How::Guide, home, json!({"away": "away"}), &[("set_away", json!(true))]),
        sent(How::Guide, home, json!({"away": "home"}), &[("set_away", json!(false))]),
        sent(
            How::Guide,
            &t,
            json!({"temperature_scale": "F"}),
            &[("set_device_setting", json!({"temperature_scale": "F"}))],
        ),
        to(How::Guide, 66.0),
        to(How::Guide, 70.0),
        refused(&t, json!({"label": "Kate's Room"}), 400, "No Longer Evil cannot change names"),
        refused("devices/cameras/none", json!({"is_streaming": true}), 404, "not found"),
    ];
    let other = vec![
        to(How::Patch, 67.0),
        to(How::InAddress, 68.0),
        to(How::Bare, 69.0),
        to(How::AsForm, 71.0),
        refused(&t, json!({"target_temperature_f": 100}), 400, "Temperature F value is too high: 100.0"),
        refused(home, json!({"name": "Mill"}), 400, "No Longer Evil cannot change names"),
        refused(
            &t,
            json!({"target_temperature_low_c": 18.5, "target_temperature_high_c": 24.0}),
            400,
            "Cannot set target_temperature_low while mode is heat",
        ),
        sent(How::Guide, &t, json!({"hvac_mode": "heat-cool"}), &[("set_mode", json!("heat-cool"))]),
        sent(
            How::Guide,
            &t,
            json!({"target_temperature_low_c": 18.5, "target_temperature_high_c": 24.0}),
            &[("set_temperature", json!({"high": 24.0, "low": 18.5}))],
        ),
        sent(How::Guide, &t, json!({"fan_timer_active": true}), &[("set_fan", json!("on"))]),
        sent(How::Guide, &t, json!({"hvac_mode": "eco"}), &[("set_away", json!(true))]),
        refused(&t, json!({"target_temperature_c": 22}), 400, "Cannot change target temperature while mode is eco"),
    ];
    play("curl, No Longer Evil", stub, vec![guide, other]).await;
}

#[tokio::test]
async fn curl_on_google_device_access() {
    let stub = Stub::Sdm(Sdm::start().await);
    let (t, home) = (thermostat(&stub), format!("structures/{}", stub.home()));
    let home = home.as_str();
    let heat = |degrees: f64| [("ThermostatTemperatureSetpoint.SetHeat", json!({ "heatCelsius": degrees }))];
    let guide = vec![
        refused(home, json!({"away": "home"}), 400, "Google Device Access cannot set home or away"),
        refused(&t, json!({"temperature_scale": "F"}), 400, "Google Device Access cannot change the scale"),
        sent(How::Guide, &t, json!({"target_temperature_f": 66}), &heat(18.89)),
        sent(How::Guide, &t, json!({"target_temperature_f": 70}), &heat(21.11)),
        refused(&t, json!({"label": "Kate's Room"}), 400, "Google Device Access cannot change names"),
        refused("devices/cameras/doorbell", json!({"is_streaming": true}), 400, "cannot switch cameras"),
    ];
    let ways = vec![
        sent(How::Patch, &t, json!({"target_temperature_f": 67}), &heat(19.44)),
        sent(How::InAddress, &t, json!({"target_temperature_f": 68}), &heat(20.0)),
        sent(How::Bare, &t, json!({"target_temperature_c": 22.5}), &heat(22.5)),
        refused(home, json!({"name": "Mill"}), 400, "Google Device Access cannot change names"),
        refused(&t, json!({"target_temperature_c": 40}), 400, "Temperature C value is too high: 40.0"),
    ];
    let modes = vec![
        sent(
            How::AsForm,
            &t,
            json!({"hvac_mode": "heat-cool"}),
            &[("ThermostatMode.SetMode", json!({"mode": "HEATCOOL"}))],
        ),
        sent(
            How::Guide,
            &t,
            json!({"target_temperature_low_c": 18.5, "target_temperature_high_c": 24.0}),
            &[("ThermostatTemperatureSetpoint.SetRange", json!({"coolCelsius": 24.0, "heatCelsius": 18.5}))],
        ),
        sent(How::Guide, &t, json!({"hvac_mode": "eco"}), &[("ThermostatEco.SetMode", json!({"mode": "MANUAL_ECO"}))]),
        refused(&t, json!({"target_temperature_c": 22}), 400, "Cannot change target temperature while mode is eco"),
    ];
    play("curl, Google Device Access", stub, vec![guide, ways, modes]).await;
}
