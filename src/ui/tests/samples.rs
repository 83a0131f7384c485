//! A sample of each message from lower layers, for tests that search for English in other languages. Words from
//! elsewhere belong to no language.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::accounts::session::SessionError;
use crate::accounts::settings;
use crate::accounts::settings::Setting;
use crate::accounts::vault::{LoopbackError, VaultError};
use crate::engine::EngineWarning;
use crate::files::{FileError, Quarantined};
use crate::home::{Equipment, Field, HvacMode, Refusal, Scale, ServiceKind, Setpoint, SetpointField};
use crate::postman::{BodyKind, ImportError, Remark, What, Wherein};
use crate::presets;
use crate::presets::PresetError;
use crate::service::{Cause, Failure, Reason, ServiceText, UnsafeRedirect, UnusableUrl};
use crate::simulator::StartError;

fn x() -> String {
    "x7".to_owned()
}

pub(super) fn refusals() -> Vec<Refusal> {
    let (low, high) = (Setpoint::celsius(9.0), Setpoint::celsius(32.0));
    let lacks = |field| Refusal::ServiceLacks { service: ServiceKind::DeviceAccess, field };
    let forbids = |mode| Refusal::ModeForbids { field: SetpointField::Target, mode };
    vec![
        Refusal::Unknown(x()),
        Refusal::Offline,
        forbids(HvacMode::Eco),
        forbids(HvacMode::Off),
        forbids(HvacMode::HeatCool),
        forbids(HvacMode::Heat),
        forbids(HvacMode::Other("x7".into())),
        Refusal::EquipmentLacks { mode: HvacMode::Cool, lacks: Equipment::Cooling },
        Refusal::EquipmentLacks { mode: HvacMode::Heat, lacks: Equipment::Heating },
        Refusal::UnknownMode(x()),
        Refusal::TooHigh(high),
        Refusal::TooLow(low),
        Refusal::AboveLock(high, low),
        Refusal::BelowLock(low, high),
        Refusal::LowAboveHigh(high, low),
        Refusal::TooClose(Scale::Celsius),
        Refusal::TooClose(Scale::Fahrenheit),
        Refusal::NotATemperature(x()),
        Refusal::EmergencyHeat,
        Refusal::SafetyShutoff,
        Refusal::NoFan,
        Refusal::FanNeedsMode,
        Refusal::FanDurationNotOffered(7),
        Refusal::LabelTooLong(300),
        Refusal::NameMissing,
        Refusal::NotAnAwayState(x()),
        Refusal::NotAway,
        Refusal::NoThermostat,
        Refusal::ArrivalInThePast,
        Refusal::ArrivalEndsBeforeItBegins,
        lacks(Field::Away),
        lacks(Field::Label),
        lacks(Field::Eta),
        lacks(Field::Scale),
        lacks(Field::Streaming),
        lacks(Field::Mode),
    ]
}

fn unusable_urls() -> Vec<UnusableUrl> {
    vec![
        UnusableUrl::NotAUrl(x()),
        UnusableUrl::Port,
        UnusableUrl::Scheme(x()),
        UnusableUrl::Plaintext,
        UnusableUrl::UserInfo,
        UnusableUrl::Query,
        UnusableUrl::Token,
        UnusableUrl::Tls(x()),
    ]
}

/// Every reason except the service's own words alone.
pub(super) fn reasons() -> Vec<Reason> {
    let causes = [
        Cause::Refused,
        Cause::UnknownHost,
        Cause::NoRoute,
        Cause::TimedOut,
        Cause::HungUp,
        Cause::Certificate,
        Cause::Encryption,
        Cause::Unknown,
        Cause::Other(x()),
    ];
    let redirects = [
        UnsafeRedirect::Status(301),
        UnsafeRedirect::TooManyHops(3),
        UnsafeRedirect::NotAUrl,
        UnsafeRedirect::UserInfo,
        UnsafeRedirect::NotHttps,
        UnsafeRedirect::ForeignHost(x()),
    ];
    let mut reasons = vec![
        Reason::Adjusted { to: Setpoint::celsius(30.0) },
        Reason::OtherMode,
        Reason::StoredOther { value: ServiceText::from(x()) },
        Reason::Unexplained,
        Reason::DeviceGone,
        Reason::Withdrawn,
        Reason::NoAnswer,
        Reason::Silent,
        Reason::BrokeOff(Cause::HungUp),
        Reason::Closed,
        Reason::StreamFailed,
        Reason::StreamCancelled,
        Reason::NotUnderstood { detail: ServiceText::from(x()) },
        Reason::NotAHome,
        Reason::NotTheControlPort,
        Reason::TooLarge { megabytes: 64 },
        Reason::NoToken,
        Reason::SignOutRefused { status: 500 },
        Reason::ProgramEnded,
        Reason::Program(x()),
    ];
    for said in [None, Some(ServiceText::from(x()))] {
        reasons.extend([
            Reason::TokenRefused { said: said.clone() },
            Reason::Busy { said: said.clone() },
            Reason::Unavailable { said: said.clone() },
            Reason::ServerFailed { status: 502, said: said.clone() },
            Reason::UnexpectedStatus { status: 418, said: said.clone() },
            Reason::SignInRefused { status: 400, said },
        ]);
    }
    reasons.extend(causes.map(|cause| Reason::Unreachable { host: x(), cause }));
    reasons.extend(redirects.map(Reason::Redirect));
    reasons.extend(unusable_urls().into_iter().map(Reason::Address));
    reasons.extend(refusals().into_iter().map(Reason::Rule));
    reasons
}

fn file_errors() -> Vec<FileError> {
    vec![
        FileError::Missing,
        FileError::Denied,
        FileError::ReadOnly,
        FileError::Full,
        FileError::InTheWay,
        FileError::NotPlain,
        FileError::Other(x()),
    ]
}

fn asides() -> Vec<Quarantined> {
    let path = PathBuf::from("/x7");
    vec![Quarantined::Kept(path.clone()), Quarantined::Stuck { path, error: FileError::Denied }]
}

pub(super) fn warnings() -> Vec<EngineWarning> {
    let mut warnings = vec![
        EngineWarning::QueueUnreadable(FileError::Denied),
        EngineWarning::JournalUnreadable(FileError::Denied),
        EngineWarning::JournalNotSaved(FileError::Full),
        EngineWarning::NotLocked(FileError::Denied),
    ];
    warnings.extend(asides().into_iter().map(EngineWarning::QueueSetAside));
    warnings.extend(file_errors().into_iter().map(EngineWarning::QueueNotSaved));
    warnings
}

pub(super) fn settings_notices() -> Vec<settings::SettingsWarning> {
    let settings = [
        Setting::Appearance,
        Setting::HighContrast,
        Setting::ReducedMotion,
        Setting::Language,
        Setting::OnClose,
        Setting::KnowsOfNoTray,
        Setting::TrayScrolls,
        Setting::Hotkey,
    ];
    let mut notices = vec![
        settings::SettingsWarning::Unreadable { path: PathBuf::from("/x7"), error: FileError::Denied },
        settings::SettingsWarning::Newer,
        settings::SettingsWarning::UnusableAccounts(1),
        settings::SettingsWarning::UnusableAccounts(3),
    ];
    notices.extend(asides().into_iter().map(settings::SettingsWarning::SetAside));
    notices.extend(settings.map(|setting| settings::SettingsWarning::UnknownValue { setting, value: x() }));
    notices
}

pub(super) fn presets_notices() -> Vec<presets::PresetsWarning> {
    let mut notices = vec![presets::PresetsWarning::Unusable(1), presets::PresetsWarning::Unusable(3)];
    notices.extend(asides().into_iter().map(presets::PresetsWarning::SetAside));
    notices
}

pub(super) fn preset_errors() -> Vec<PresetError> {
    vec![
        PresetError::NameMissing,
        PresetError::NameTooLong(50),
        PresetError::NameTaken(x()),
        PresetError::Empty,
        PresetError::Gone,
    ]
}

pub(super) fn vault_errors() -> Vec<VaultError> {
    vec![
        VaultError::Missing,
        VaultError::Locked(x()),
        VaultError::NoKeyring(x()),
        VaultError::Silent,
        VaultError::Damaged,
        VaultError::PassphraseNeeded,
        VaultError::WrongPassphrase,
        VaultError::File { path: PathBuf::from("/x7"), error: FileError::Denied },
        VaultError::Cipher(x()),
        VaultError::Machine(x()),
    ]
}

pub(super) fn loopback_errors() -> Vec<LoopbackError> {
    vec![
        LoopbackError::PortInUse(80),
        LoopbackError::NoPort(x()),
        LoopbackError::Ended(x()),
        LoopbackError::TimedOut(10),
        LoopbackError::Refused(x()),
    ]
}

pub(super) fn session_errors() -> Vec<SessionError> {
    let address = SocketAddr::from(([127, 0, 0, 1], 80));
    let mut errors = vec![
        SessionError::HalfEnvironment,
        SessionError::NoSuchAccount(x()),
        SessionError::NoAccount,
        SessionError::InUse,
        SessionError::Service(Failure::offline(Reason::NoAnswer)),
        SessionError::Unusable(UnusableUrl::Plaintext),
        SessionError::Simulator(StartError::InUse(address)),
        SessionError::Simulator(StartError::Address(address, io::Error::other("x7"))),
        SessionError::Simulator(StartError::NotLoopback(address)),
        SessionError::Simulator(StartError::Speed(0.0)),
        SessionError::Simulator(StartError::Size(0)),
        SessionError::Simulator(StartError::Token),
    ];
    errors.extend(vault_errors().into_iter().map(|error| SessionError::Vault { name: x(), error }));
    errors
}

pub(super) fn postman_remarks() -> Vec<Remark> {
    let secret = |wherein| What::Secret(wherein);
    let all = [
        secret(Wherein::SignIn),
        secret(Wherein::Name),
        secret(Wherein::Description),
        secret(Wherein::Address),
        secret(Wherein::Query),
        secret(Wherein::Body),
        secret(Wherein::Header(x())),
        secret(Wherein::Variable(x())),
        What::SignIn(x()),
        What::NoSignIn,
        What::Script(x()),
        What::Body(BodyKind::Form),
        What::Body(BodyKind::File),
        What::Body(BodyKind::GraphQl),
        What::Body(BodyKind::Other(x())),
        What::BodyTooMuch("GET"),
        What::BodyOff,
        What::Header(x()),
        What::Elsewhere,
        What::HeaderOff(x()),
        What::QueryOff(x()),
        What::Description,
        What::Examples,
        What::Variable(x()),
        What::Method(x()),
        What::NoAddress,
        What::More,
        What::Odd,
    ];
    all.into_iter().map(|what| Remark { place: vec![x()], what }).collect()
}

pub(super) fn postman_errors() -> Vec<ImportError> {
    vec![
        ImportError::TooLarge,
        ImportError::NoJson(x()),
        ImportError::Old,
        ImportError::Environment,
        ImportError::NoCollection,
    ]
}
