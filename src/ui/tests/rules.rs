//! The page of rules: templates, switches, the editor of parts, the trial, and the log.

use std::path::Path;
use std::sync::Arc;

use egui::{Key, Modifiers, Role, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::UiFixture;
use super::fixture::now;
use crate::automation::driver::AutomationView;
use crate::automation::rule::{
    Act, ActKind, Action, Condition, JudgedCondition, Rule, RuleEdit, RuleRun, RuleSkip, RuleState, RuleTrigger, Rules,
    RulesFile, Template,
};
use crate::automation::run::{RunId, RunOutcome, Skip};
use crate::automation::schedule::{LoadedSchedules, Schedules, first_levels};
use crate::automation::{Form as _, FormProblem, Place};
use crate::home::{Away, HvacMode, Scale, Write};
use crate::i18n::english;
use crate::ui::intent::{AppIntent, AutomationIntent, Page, Preference};
use crate::ui::pages::SettingsSection;
use crate::ui::theme::Look;

pub(super) const RULES: &str = r#"
[place]
latitude = 52.52
longitude = 13.4
[[rule]]
name = "Save energy when everybody has left"
when = [{ presence = "away" }]
then = [{ command = "all eco" }]
[[rule]]
name = "Warm evening"
on = false
when = [{ sun = "sunset", offset = "-30 min", days = ["monday", "friday"] }, { room = "Hallway", below = 19, for = "10 min" }]
if = [{ presence = "home" }, { mode = "heat", of = "Hallway" }]
then = [{ command = "hallway 21 for 2h" }, { notify = "{why}" }]
[[rule]]
name = "Tell me when something is amiss"
when = [{ no-effect = "any", for = "2 h" }, { offline = "any", for = "30 min" }]
then = [{ notify = "{why}" }]
[[rule]]
name = "Cellar"
when = [{ room = "Cellar", below = 8 }]
then = [{ notify = "cold" }]
"#;

fn run(rule: &Rule, minutes_ago: i64) -> RuleRun {
    let at = now() - jiff::SignedDuration::from_mins(minutes_ago);
    RuleRun {
        rule: rule.name.clone(),
        trigger: rule.triggers[0].clone(),
        subject: String::new(),
        due: at,
        at,
        conditions: Vec::new(),
        acts: Vec::new(),
        skip: None,
    }
}

fn automation(text: &str) -> AutomationView {
    let loaded = Rules::parse(text).expect("rules");
    let rules = loaded.content.rules.clone();
    let mut runs = Vec::new();
    if let [left, warm, ..] = rules.as_slice() {
        let act =
            |kind, name: &str, outcome| Act { kind, name: name.to_owned(), before: None, holds_until: None, outcome };
        let eco = |id: &str| ActKind::Write(Write::Mode(id.into(), HvacMode::Eco));
        let acts = vec![
            act(eco("hallway"), "Hallway", RunOutcome::Done),
            act(eco("bedroom"), "Bedroom", RunOutcome::Skipped(Skip::AlreadySo)),
            act(eco("studio"), "Studio", RunOutcome::Skipped(Skip::ChangedByHand)),
        ];
        runs.push((RunId(2), RuleRun { acts, ..run(left, 12) }));
        let condition = Condition::Presence { home: None, is: Away::Home };
        let judged = JudgedCondition { condition, holds: Some(false), value: Some("away".to_owned()) };
        runs.push((RunId(1), RuleRun { conditions: vec![judged], skip: Some(RuleSkip::NotSo), ..run(warm, 95) }));
    }
    let mut schedules = Schedules::default();
    schedules.levels.extend(first_levels(english(), Scale::Celsius));
    let problem = FormProblem::NoSuchDevice { place: Place::Rule("Cellar".to_owned()), name: "Cellar".to_owned() };
    let paused = RuleState { problem: Some(problem), paused_until: None };
    AutomationView {
        rules: Arc::new(loaded),
        rule_runs: Arc::new(runs),
        rule_states: [("Cellar".to_owned(), paused)].into(),
        schedules: Arc::new(LoadedSchedules { content: schedules, problems: Vec::new() }),
        ..AutomationView::default()
    }
}

pub(super) fn page(text: &str) -> UiFixture {
    UiFixture { automation: automation(text), ..UiFixture::on(Page::Rules) }
}

fn edits(harness: &Harness<'static, UiFixture>) -> Vec<RuleEdit> {
    let of = |intent: &AppIntent| {
        if let AppIntent::Automation(AutomationIntent::Rules(edits)) = intent { edits.clone() } else { Vec::new() }
    };
    harness.state().intents.iter().flat_map(of).collect()
}

/// The rules after all edits.
fn rules(harness: &Harness<'static, UiFixture>, text: &str) -> Rules {
    let mut all = Rules::parse(text).expect("rules").content;
    for edit in edits(harness) {
        edit.apply(&mut all);
    }
    all
}

fn press(harness: &mut Harness<'static, UiFixture>, name: &str) {
    harness.get_by_label(name).click_accesskit();
    harness.run();
}

/// Opens a list, and picks an option.
fn pick(harness: &mut Harness<'static, UiFixture>, list: &str, option: &str) {
    harness.get_by_label(list).click_accesskit();
    harness.run();
    harness.get_all_by_label(option).last().expect("an option").click_accesskit();
    harness.run();
}

fn type_into(harness: &mut Harness<'static, UiFixture>, field: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    harness.run();
    harness.key_press_modifiers(super::COMMAND, Key::A);
    harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
}

#[test]
fn a_template_is_added_with_its_level_and_undone() {
    let mut bench = page("");
    bench.automation.schedules = Arc::default();
    let mut harness = bench.shown();
    harness.get_by_label("No rule yet");
    press(&mut harness, "Add the rule Night");
    let level =
        harness.state().intents.iter().any(
            |intent| matches!(intent, AppIntent::Automation(AutomationIntent::Schedules(edits)) if edits.len() == 1),
        );
    assert!(level, "the night needs its comfort level");
    assert_eq!(rules(&harness, "").rules, Template::Night.rules(english(), Scale::Celsius));
    // The page shows it at once, and offers it no more.
    harness.get_by_label("When: at 22:30, every day");
    assert!(harness.query_by_label("Add the rule Night").is_none());
    harness.key_press_modifiers(super::COMMAND, Key::Z);
    harness.run();
    harness.run();
    assert_eq!(rules(&harness, "").rules, []);
}

#[test]
fn a_rule_is_switched_removed_and_says_what_it_did() {
    let mut harness = page(RULES).shown();
    harness.get_by_label("there is no “Cellar” here, or more than one");
    let says = |harness: &Harness<'static, UiFixture>, words: &str| {
        harness
            .query_all_by_role(Role::Label)
            .any(|node| node.accesskit_node().value().is_some_and(|text| text.contains(words)))
    };
    assert!(says(&harness, "Studio: Eco (somebody had changed it by hand)"), "why it left one alone");
    assert!(says(&harness, "not met: somebody is home (away)"));
    harness.get_by_role_and_label(Role::Switch, "Warm evening").click_accesskit();
    harness.run();
    assert!(rules(&harness, RULES).rule("warm evening").expect("a rule").is_on);
    press(&mut harness, "Remove Cellar");
    assert_eq!(rules(&harness, RULES).rules.len(), 3);
}

#[test]
fn a_rule_is_written_by_choosing_parts() {
    let mut harness = page(RULES).shown();
    press(&mut harness, "New rule");
    press(&mut harness, "Save the rule");
    harness.get_by_label("a name has 1 to 40 characters that can be shown");
    type_into(&mut harness, "Name", "Damp");
    press(&mut harness, "Save the rule");
    harness.get_by_label("A rule needs a trigger and an action");
    pick(&mut harness, "When: Add a trigger", "Humidity");
    type_into(&mut harness, "Threshold", "101");
    harness.get_by_label("101 is no number that fits here");
    type_into(&mut harness, "Threshold", "70");
    pick(&mut harness, "Device: a room", "Bedroom");
    pick(&mut harness, "If: Add a condition", "Mode");
    pick(&mut harness, "Then: Add an action", "Command");
    type_into(&mut harness, "Command", "bedroom sideways");
    press(&mut harness, "Save the rule");
    assert_eq!(edits(&harness), [], "a command that cannot be understood is not saved");
    type_into(&mut harness, "Command", "{device} fan on");
    press(&mut harness, "Save the rule");
    let all = rules(&harness, RULES);
    let rule = all.rule("Damp").expect("a rule");
    assert!(matches!(&rule.triggers[..], [RuleTrigger::Humidity { lasts, .. }] if lasts.as_mins() == 30));
    assert_eq!(rule.actions, [Action::Command("{device} fan on".to_owned())]);
    let text = Rules::only(rule.clone()).to_text();
    assert_eq!(Rules::parse(&text).expect("rules").problems, [], "{text}");
    // An edit keeps the name that is known, and refuses one that is taken.
    press(&mut harness, "Edit Damp");
    type_into(&mut harness, "Name", "CELLAR");
    press(&mut harness, "Save the rule");
    harness.get_by_label("This name is taken; choose another one");
    type_into(&mut harness, "Name", "Fog");
    press(&mut harness, "Save the rule");
    let all = rules(&harness, RULES);
    assert!(all.rule("Damp").is_none() && all.rule("Fog").is_some());
}

#[test]
fn a_rule_is_tried_on_the_last_days() {
    let mut harness = page(RULES).shown();
    press(&mut harness, "Try Save energy when everybody has left on the last 30 days");
    harness.run();
    let tried = harness.query_all_by_role(Role::Label).any(|node| {
        let text = node.accesskit_node().value();
        text.is_some_and(|text| {
            text == "In the last 30 days it would have acted 20 times, and once somebody chose otherwise soon after"
        })
    });
    let all: Vec<String> =
        harness.query_all_by_role(Role::Label).filter_map(|node| node.accesskit_node().value()).collect();
    assert!(tried, "{all:#?}");
    press(&mut harness, "Close the trial");
    assert!(harness.query_by_label("Close the trial").is_none());
}

#[test]
fn rules_that_trigger_each_other_are_named() {
    let two = "[[rule]]\nname = \"A\"\nwhen = [{ room = \"Hallway\", above = 20 }]\nthen = [{ command = \"hallway 18\" }]\n\
        [[rule]]\nname = \"B\"\nwhen = [{ room = \"Hallway\", below = 19 }]\nthen = [{ command = \"hallway 21\" }]";
    let told = "the rules “A” and “B” trigger each other, so they would take turns";
    let mut harness = page(two).shown();
    harness.get_by_label(told);
    harness.get_by_role_and_label(Role::Switch, "B").click_accesskit();
    harness.run();
    assert!(harness.query_by_label(told).is_none(), "one of them is off");
}

#[test]
fn rules_are_taken_in_as_text() {
    let mut harness = page(RULES).shown();
    press(&mut harness, "Copy");
    harness.get_by_label("Copied");
    let paste = |harness: &mut Harness<'static, UiFixture>, text: &str| {
        let field = (Role::MultilineTextInput, "Text to import");
        harness.get_by_role_and_label(field.0, field.1).focus();
        harness.run();
        harness.key_press_modifiers(super::COMMAND, Key::A);
        harness.get_by_role_and_label(field.0, field.1).type_text(text);
        harness.run();
        press(harness, "Import");
    };
    paste(&mut harness, "[[rule]]\nname = \"New\"\nwhen = [{ time = \"25:00\" }]\nthen = [{ notify = \"x\" }]");
    harness.get_by_label("rule “New”: “25:00” is no time of day; write it as 06:30");
    paste(
        &mut harness,
        "[[rule]]\nname = \"New\"\nwhen = [{ room = \"Attic\", above = 20 }]\nthen = [{ notify = \"x\" }]",
    );
    harness.get_by_label("rule “New”: there is no “Attic” here, or more than one");
    assert_eq!(edits(&harness), []);
    paste(&mut harness, "[[rule]]\nname = \"New\"\nwhen = [{ time = \"23:00\" }]\nthen = [{ notify = \"x\" }]");
    harness.get_by_label("Imported");
    assert_eq!(rules(&harness, RULES).rules.len(), 5);
}

#[test]
fn tab_leads_through_the_page_and_out_of_every_field() {
    let met = super::overview::tabbed_without_reader(page(RULES), 80);
    let first = met.first().expect("a stop");
    assert!(met.iter().skip(1).any(|id| id == first), "no full round: {met:?}");
}

#[test]
fn the_time_line_tells_what_the_rules_did_and_did_not() {
    let mut harness = UiFixture { automation: automation(RULES), ..UiFixture::on(Page::Activity) }.shown();
    harness.get_by_label("14:20 · rule · everybody has left → Hallway: Eco · 2 left alone");
    harness.get_by_label("12:57 · rule · 30 min before sunset, Mon, Fri → a condition did not hold");
    harness.get_by_label("Open Warm evening").click_accesskit();
    harness.run();
    assert_eq!(&harness.state().window.page, &Page::Rules);
}

#[test]
fn the_limits_and_the_place_are_typed() {
    let mut harness = page(RULES).shown();
    type_into(&mut harness, "Latitude", "91");
    harness.get_by_label("91 is no number that fits here");
    type_into(&mut harness, "Latitude", "48,2");
    type_into(&mut harness, "Lowest", "31");
    harness.get_by_label("The lowest set point would be above the highest one");
    type_into(&mut harness, "Lowest", "12");
    let all = rules(&harness, RULES);
    assert_eq!((all.place.map(|place| place.latitude), all.limits.lowest.degrees), (Some(48.2), 12.0));
    assert_eq!(RulesFile::in_folder(Path::new("x")).path(), Path::new("x/rules.toml"));
}

#[test]
fn the_pages_of_schedule_and_rules_lead_to_each_other() {
    let mut harness = page(RULES).shown();
    harness.get_by_label("Schedule or rules: Schedule").click_accesskit();
    harness.run();
    assert_eq!(&harness.state().window.page, &Page::Schedule);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Num8);
    harness.run();
    assert_eq!(&harness.state().window.page, &Page::Rules);
}

#[test]
#[ignore = "makes pictures of the page of rules, to be looked at"]
fn pictures_of_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (word, look) in [("dark", Look::DARK), ("light", Look::LIGHT)] {
        for (width, height) in [(360.0, 3_000.0), (1_180.0, 2_000.0)] {
            for name in ["rules", "rules-edited", "rules-first"] {
                let mut bench = page(if name == "rules-first" { "" } else { RULES });
                if let Ok(code) = std::env::var("PICTURES_IN") {
                    let language = crate::i18n::Language::from_code(&code).expect("a known language");
                    bench.i18n = crate::i18n::Localizer::new(language);
                }
                let mut harness = bench.looking([width, height], Look { is_still: true, ..look }, 1.0);
                harness.run_ok();
                if name == "rules-edited" {
                    for button in ["Edit Warm evening", "Try Save energy when everybody has left on the last 30 days"] {
                        if let Some(found) = harness.query_by_label(button) {
                            found.click_accesskit();
                            harness.run_ok();
                        }
                    }
                }
                let picture = harness.render().expect("a picture");
                picture.save(folder.join(format!("{name}-{word}-{width}.png"))).expect("saved");
            }
            for name in ["settings-rules", "rules-activity"] {
                let mut bench = match name {
                    "settings-rules" => UiFixture::settings(SettingsSection::Rules),
                    _ => UiFixture { automation: automation(RULES), ..UiFixture::on(Page::Activity) },
                };
                if let Ok(code) = std::env::var("PICTURES_IN") {
                    let language = crate::i18n::Language::from_code(&code).expect("a known language");
                    bench.i18n = crate::i18n::Localizer::new(language);
                }
                let mut harness = bench.looking([width, 1_100.0], Look { is_still: true, ..look }, 1.0);
                harness.run_ok();
                let picture = harness.render().expect("a picture");
                picture.save(folder.join(format!("{name}-{word}-{width}.png"))).expect("saved");
            }
        }
    }
}

#[test]
fn programs_and_requests_are_entered_in_the_settings() {
    let mut harness = UiFixture::settings(SettingsSection::Rules).harness([1180.0, 1_100.0], Theme::Dark);
    harness.run();
    let rules = |harness: &Harness<'static, UiFixture>| {
        let last = harness.state().intents.iter().rev().find_map(|intent| {
            if let AppIntent::Prefer(Preference::Rules(rules)) = intent { Some(rules.clone()) } else { None }
        });
        last.expect("an entry")
    };
    press(&mut harness, "Add the program");
    harness.get_by_label("a name has 1 to 40 characters that can be shown");
    let names: Vec<_> = harness.get_all_by_role_and_label(Role::TextInput, "Name").collect();
    assert_eq!(names.len(), 2);
    names[0].focus();
    harness.run();
    harness.get_all_by_role_and_label(Role::TextInput, "Name").next().expect("a field").type_text("Lights");
    harness.run();
    type_into(&mut harness, "Program, with its whole path", "true");
    let arguments = (Role::MultilineTextInput, "Arguments, one on each line");
    harness.get_by_role_and_label(arguments.0, arguments.1).focus();
    harness.run();
    harness.get_by_role_and_label(arguments.0, arguments.1).type_text("on");
    harness.run();
    press(&mut harness, "Add the program");
    harness.get_by_label("Write the whole path of the program, such as /usr/bin/notify-send");
    let own = std::env::current_exe().expect("a program");
    type_into(&mut harness, "Program, with its whole path", own.to_str().expect("a path"));
    press(&mut harness, "Add the program");
    let program = rules(&harness).programs.remove(0);
    assert_eq!((program.name.as_str(), program.path, program.arguments), ("Lights", own, vec!["on".to_owned()]));
    harness.get_all_by_role_and_label(Role::TextInput, "Name").last().expect("a field").focus();
    harness.run();
    harness.get_all_by_role_and_label(Role::TextInput, "Name").last().expect("a field").type_text("Hook");
    harness.run();
    type_into(&mut harness, "Address", "ftp://example.org");
    press(&mut harness, "Add the request");
    harness.get_by_label("This is no address of the web: write http://… or https://…");
    type_into(&mut harness, "Address", "http://127.0.0.1:8123/api/webhook/secret");
    press(&mut harness, "Add the request");
    assert_eq!(rules(&harness).requests[0].name, "Hook");
    // The fixture does not keep settings; the real page shows the host alone, because a path may be a secret.
}
