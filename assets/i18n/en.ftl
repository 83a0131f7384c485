# The texts of the window. English is the measure of the other languages: a test compares them.
# Values such as temperatures and times come as they are written in the language.

## Words

on = On
off = Off
yes = yes
no = no
unknown = unknown
save = Save
cancel = Cancel
cancel-what = Cancel { $what }
close = Close
open = Open
undo = Undo
redo = Redo
retry = Retry
dismiss = Dismiss
apply = Apply
back = Back
quoted = “{ $text }”
percent = { $value } %
thermostat = Thermostat
camera = Camera
protect = Protect
structure = Home
simulated-home = Simulated home

## Units and times

degrees-celsius = { $degrees } degrees Celsius
degrees-fahrenheit = { $degrees } degrees Fahrenheit
value-none = none
value-cancelled = cancelled
value-from = from { $low }
value-to = to { $high }
duration-min = { $minutes } min
duration-h = { $hours } h
duration-h-min = { $hours } h { $minutes } min
time-about = about { $time }
time-under = under { $time }
time-learning = still learning
time-over = over { $time }
date-time = { $day } { $month } { $time }
month-short =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }

## Values that can be set

field-away = Home or away
field-name = Name
field-eta = Expected arrival
field-scale = Display of the thermostat
field-target = Target temperature
field-range = Target range
field-mode = Mode
field-fan = Fan
field-fan-duration = Fan duration
field-label = Label
field-streaming = Camera
mode-heat = Heat
mode-cool = Cool
mode-heat-cool = Heat · Cool
mode-eco = Eco
mode-off = Off
away-home = Home
away-away = Away

## What a thermostat does

doing-heating = Heating
doing-heating-to = Heating to
doing-cooling = Cooling
doing-cooling-to = Cooling to
doing-holding = Holding
doing-idle = Idle
dial-state = Room { $room }, { $doing }
doing-eco-between = Eco { $limits }
offline = Offline
offline-since = Offline since { $time }
last-connection = last connected { $time }
saves-energy = Saves energy

## The chart

weekday-short =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
chart-weekday-day = { $weekday } { $day }
chart-day-month = { $day } { $month }
chart-full-day = { $weekday } { $day }
duration-s = { $seconds } s
chart-today = Today
chart-yesterday = Yesterday
chart-period = Period
chart-day = Day
chart-week = Week
chart-month = Month
chart-year = Year
chart-earlier = Earlier
chart-later = Later
chart-newest = This is the newest time
chart-dates = Choose dates
chart-from = From
chart-to = To
chart-show = Show
chart-no-date = Write a day such as { $day }, a month or a year
chart-dates-order = The first day is after the last
chart-dates-long = At most twenty years can be shown
chart-dates-future = The first day is still to come
chart-no-data = no data
chart-reading = Reading the history…
chart-failed = The history cannot be read: { $reason }
chart-empty = Nothing is known of this time
chart-room = Room { $low } to { $high }
chart-heated = heated { $time }
chart-cooled = cooled { $time }
chart-away = away { $time }
chart-eco = Eco { $time }
chart-changes = { $count } changes
chart-changes-more = { $count } changes or more
chart-no-gap = no gap
chart-gap = one gap of { $time }
chart-gaps = { $count } gaps, { $time } in all
chart-said = { $device }, { $span }: { $facts }
chart-keys = The arrow keys read the values. Page Up and Page Down show the time before and after, plus and minus zoom.
chart-at-room = room { $degrees }
chart-at-low = heats to { $degrees }
chart-at-high = cools to { $degrees }
chart-at-outdoor = outdoors { $degrees }
chart-at-humidity = humidity { $percent }
chart-outdoor = Show outdoors
chart-humidity = Show humidity
chart-as-table = Show as table
chart-as-chart = Show as chart
chart-copy = Copy as CSV
chart-copy-about = The rows of the table, for a spreadsheet
chart-column-time = Time
chart-column-room = Room
chart-column-heated = Heated
chart-column-cooled = Cooled
chart-column-outdoor = Outdoors
chart-column-known = Known

## Files that are saved

chart-picture = Save as picture
file-saved = Saved as { $path }
file-not-saved = Not saved: { $why }

## The history and exports of Google

history-file = the history cannot be opened: { $why }
history-full = the disk is full; nothing was changed
history-locked = another program is writing to the history; try again when it is done
history-read-only = the history cannot be changed: its file or folder is read-only
history-newer = the history was written by a newer Setpoint (version { $version } of its file), so this one leaves it alone
history-damaged = the file of the history is damaged
history-no-device = there is no thermostat "{ $name }" in the history; `setpoint history info` lists them
history-several = "{ $name }" may be any of { $among }; say more of its name
history-circle = { $one } already tells of { $other }, so the two cannot be joined
history-other = the history cannot be used: { $why }
export-file = { $path }: { $why }
export-zip = { $path } cannot be read: { $why }. If the download was cut off, repeat it
export-too-large = { $path } unpacks to far more than an export has, so nothing of it was taken
export-too-many = { $path } has more than { $most } files
export-nothing = nothing of a thermostat was found in { $path }: an export has HvacRuntime.jsonl, …-sensors.csv or …-summary.json
line-long = The line is longer than { $most } bytes
line-not-text = The line is no text
line-no-object = This is no object with the values of an interval: { $why }
line-no-summary = This is no summary of days: { $why }
line-day = { $day }: { $why }
line-missing = { $field } is missing
line-no-id = device_id is no id of a thermostat
line-value = { $field } is { $value }
line-no-time = { $text } is no time
line-order = The interval ends before its begin
line-no-run = A run has no begin or no length
line-width = No interval is a span of { $width } s
line-out-of-time = No thermostat can tell of this time
line-seconds = { $seconds } s do not fit into a span of { $width } s
line-future = The interval is of the future
line-devices = The export has more than { $most } thermostats
import-cancelled = the import was cancelled, and nothing was taken
import-several = the export tells of several thermostats ({ $names }); import it without --device, then use `setpoint history join`

## Schedules

schedule-problem = { $place }: { $why }
schedule-place-file = the file
schedule-place-level = level “{ $name }”
schedule-place-schedule = schedule “{ $name }”
schedule-place-thermostat = thermostat “{ $name }”
schedule-place-dates = dates “{ $name }”
schedule-place-rule = rule “{ $name }”
schedule-place-limits = the limits
schedule-place-coordinates = the place
schedule-place-entry = entry { $number } of “{ $table }”
schedule-not-toml = line { $line } is not as it should be: { $why }
schedule-set-aside = it was damaged; it is kept as { $path }, and a new one begins
schedule-stuck = { $path } is damaged and cannot be renamed: { $why }
schedule-newer = a newer version of Setpoint wrote it
schedule-unknown-key = “{ $key }” is not known; known are { $known }
schedule-missing = “{ $key }” is missing
schedule-wrong-kind = “{ $key }” has a value of another kind than expected
schedule-bad-name = a name has 1 to { $most } characters that can be shown
schedule-name-taken = another one has the name
schedule-too-many = there are more than { $most }
schedule-no-temperature = “{ $text }” is no set point; it is between 9 and 32 °C, or 50 and 90 °F
schedule-crossed = heating would begin above the temperature for cooling
schedule-no-setpoint = it has neither a set point for heat nor one for cool
schedule-no-start-text = “{ $text }” is no start; write a time and a level, as in 06:30 Home
schedule-no-time = “{ $text }” is no time of day; write it as 06:30
schedule-no-level = there is no level “{ $level }”
schedule-same-time = { $day } has two starts at { $time }
schedule-no-start = there is no start on any day
schedule-no-schedule = there is no schedule “{ $schedule }”
schedule-no-date = “{ $text }” is no date; write it as 2026-12-20
schedule-backwards = the last day is before the first one
schedule-no-thermostat = there is no thermostat “{ $name }”, or more than one
rule-no-number = { $text } is no number that fits here
rule-no-word = “{ $text }” is not known; known are { $known }
rule-no-span = “{ $text }” is no length of time up to a week; write 10 min or 2 h
rule-bad-text = the text of “{ $key }” must have 1 to { $most } visible characters
rule-no-device = there is no “{ $name }” here, or more than one
rule-bad-command = “{ $command }”: { $why }
rule-beyond-limits = { $setpoint } is outside of the limits of all rules, { $lowest } to { $highest }
rule-no-preset = there is no preset “{ $name }”
rule-no-humidity = { $name } tells no humidity
rule-not-in-settings = the settings have no “{ $name }”
rule-no-place = sunrise and sunset need a place; tell its latitude and longitude
rule-no-device-of-trigger = “{"{"}device{"}"}” needs triggers that are about a device
rule-the-device = the same device
rules = Rules
automation-pages = Schedule or rules
rule-new = New rule
rule-undo = Undo the last edit of the rules
rule-edit = Edit
rule-edit-of = Edit { $rule }
rule-try-of = Try { $rule } on the last 30 days
rule-remove-of = Remove { $rule }
rule-line-when = When: { $what }
rule-line-or = or: { $what }
rule-line-if = if: { $what }
rule-line-and = and: { $what }
rule-line-then = then: { $what }
rule-last = Last { $time }: { $reason }
rule-never = It has not acted yet.
rule-off = It is off.
rule-log = What the rules did
rule-act-held = { $name }: { $value } until { $time }
rule-act-resume = { $name }: hold ended
rule-act-end-eco = { $name }: Eco ended
rule-act-notify = notified
rule-act-program = program { $name }
rule-act-request = request { $name }
rule-outcome-open = on its way
rule-outcome-unconfirmed = accepted, and not shown yet
rule-outcome-may-have-arrived = it may have arrived
rule-outcome-refused = refused: { $why }
rule-outcome-superseded = somebody chose another value meanwhile
rule-holds = met: { $condition }
rule-holds-not = not met: { $condition }
rule-holds-unknown = unknown: { $condition }
rule-none = No rule yet
rule-none-about = A rule acts by itself: when something happens, and if some conditions hold. Begin with one of these; each can be edited and tried on the last 30 days.
rule-templates = More templates
rule-template-add = Add
rule-template-add-of = Add the rule { $name }
rule-template-save-energy-about = Thermostats go to Eco, except those that are off.
rule-template-amiss-about = A notification of smoke, carbon monoxide, frost, heating or cooling without effect, devices that stay offline, failed changes, and accounts that need a new sign-in.
rule-template-welcome-about = Eco and the holds of rules end, and the mode from before comes back.
rule-template-night-about = Thermostats take the comfort level for sleeping at 22:30.
rule-template-window-about = A room that becomes cold within minutes is heated to 10 °C only, for an hour or until it becomes warm again.
rule-limits = Limits and place
rule-limits-about = No rule crosses the limits. Sunrise and sunset are those of the place, in degrees north and east.
rule-limits-crossed = The lowest set point would be above the highest one
rule-lowest = Lowest
rule-highest = Highest
rule-latitude = Latitude
rule-longitude = Longitude
rule-tried-nothing = Nothing was recorded in the last 30 days
rule-tried =
    { $acted ->
        [0] In the last 30 days it would not have acted
        [one] In the last 30 days it would have acted once, { $against ->
            [0] and nobody chose otherwise soon after
            [one] and once somebody chose otherwise soon after
           *[other] and { $against } times somebody chose otherwise soon after
        }
       *[other] In the last 30 days it would have acted { $acted } times, { $against ->
            [0] and nobody chose otherwise soon after
            [one] and once somebody chose otherwise soon after
           *[other] and { $against } times somebody chose otherwise soon after
        }
    }
rule-tried-on =
    Recorded since { $time }. { $skipped ->
        [0] There was no other occasion.
        [one] One more occasion would have led to nothing.
       *[other] { $skipped } more occasions would have led to nothing.
    }
rule-tried-unseen = The history records no failed changes and no sign-ins, so these triggers are left out.
rule-tried-against = { $time }: { $by } set { $name } to { $chosen }, after { $planned } at { $acted }
rule-trial-close = Close the trial
rule-name = Name
rule-section-when = When
rule-section-if = If
rule-section-then = Then
rule-add-trigger = Add a trigger
rule-add-condition = Add a condition
rule-add-action = Add an action
rule-remove-part = Remove: { $what }
rule-needs-parts = A rule needs a trigger and an action
rule-save = Save the rule
rule-cancel = Discard the edits of the rule
rule-late = May be late by
outside-programs = Programs of rules
outside-programs-about = A rule may start one of these. It gets its arguments unchanged, without a shell and without a token, and is ended after 30 s. SETPOINT_RULE, SETPOINT_DEVICE and SETPOINT_REASON tell it why.
outside-path = Program, with its whole path
outside-arguments = Arguments, one on each line
outside-add-program = Add the program
outside-requests = Requests of rules
outside-requests-about = A rule may send one of these over HTTP, such as to a home server of yours. No token of an account goes with it, and no redirect is followed.
outside-url = Address
outside-body = Body (POST and PUT); if empty, the occasion as JSON
outside-method = Method
outside-add-request = Add the request
outside-not-absolute = Write the whole path of the program, such as /usr/bin/notify-send
outside-no-file = There is no file at this path
outside-too-long = That is too long
outside-no-address = This is no address of the web: write http://… or https://…
rule-outside-about = Programs and requests are entered in the settings, under Rules.
rule-rate = At most, times an hour
rule-device = Device
rule-home = Home
rule-any-home = any home
rule-account = Account
rule-any-account = any account
rule-side = Above or below
rule-above = above
rule-below = below
rule-threshold = Threshold
rule-lasts = For how long
rule-at-once = at once
rule-sunrise = sunrise
rule-sunset = sunset
rule-offset = Before or after
rule-no-offset = exactly then
rule-before = { $time } before
rule-after = { $time } after
rule-then-notify-why = notify the reason
rule-left-alone = { $count } left alone
rule-try = Try on 30 days
rule-sees-person = sees a person
rule-sees-motion = sees motion
rule-hears-sound = hears a sound
rule-sees-anything = sees or hears anything
rule-danger-any = smoke or carbon monoxide
rule-danger-smoke = smoke
rule-danger-co = carbon monoxide
rule-phase = Begin or end
rule-begins = begins
rule-is-over = is over
rule-from = From
rule-to = To
rule-is-online = is online
rule-is-offline = is offline
rule-is-on = is on
rule-is-off = is off
rule-command-about = As in the palette: all eco, hallway 21, hallway 21 for 2h. { "{" }device{ "}" } is the device of the trigger.
rule-notify-about = { "{" }why{ "}" } is the reason in words, { "{" }device{ "}" } the device of the trigger.
rule-kind-presence = Home or away
rule-kind-arrival = Arrival
rule-kind-time = Time of day
rule-kind-sun = Sunrise or sunset
rule-kind-room = Room temperature
rule-kind-humidity = Humidity
rule-kind-camera = Camera event
rule-kind-alarm = Smoke or CO alarm
rule-kind-offline = Device offline
rule-kind-no-effect = Heating or cooling without effect
rule-kind-window = Open window
rule-kind-signed-out = Account signed out
rule-kind-failed = Failed change
rule-kind-between = Time span
rule-kind-dates = Dates
rule-kind-mode = Mode
rule-kind-online = Device online
rule-kind-camera-on = Camera on
rule-kind-command = Command
rule-kind-level = Comfort level
rule-kind-end-eco = End Eco
rule-kind-resume = End a hold
rule-kind-preset = Preset
rule-kind-notify = Notification
rule-kind-program = Program
rule-kind-request = Request
rule-chases = the rules “{ $one }” and “{ $other }” trigger each other, so they would take turns
as-text = As text
schedule-as-text-about = All levels, schedules and dates, to keep or to pass on. Imported entries replace those of the same name.
rule-as-text-about = All rules, to keep or to pass on. An imported rule replaces the one of the same name.
as-text-copy = Copy
as-text-copied = Copied
as-text-field = Text to import
as-text-hint = Paste text here
as-text-take = Import
as-text-empty = There is no text yet
as-text-nothing = There is nothing new in it
as-text-taken = Imported
rule-any-room = a room
rule-any-thermostat = a thermostat
rule-any-camera = a camera
rule-any-alarm = a smoke alarm
rule-any-device = a device
rule-all-thermostats = all thermostats
rule-days-all = every day
rule-days-work = Monday to Friday
rule-days-weekend = Saturday and Sunday
rule-days-list = { $days }, { $day }
rule-for = { $what } for { $time }
rule-room-above = { $of } is warmer than { $value }
rule-room-below = { $of } is colder than { $value }
rule-humidity-above = { $of } is more humid than { $percent } %
rule-humidity-below = { $of } is less humid than { $percent } %
rule-offline = { $of } is offline
rule-when-away = everybody has left
rule-when-away-of = everybody has left { $home }
rule-when-home = somebody comes home
rule-when-home-of = somebody comes home to { $home }
rule-when-arrival = an arrival is announced
rule-when-arrival-of = an arrival at { $home } is announced
rule-when-time = at { $time }, { $days }
rule-when-sunrise = at sunrise, { $days }
rule-when-sunset = at sunset, { $days }
rule-when-before-sunrise = { $time } before sunrise, { $days }
rule-when-before-sunset = { $time } before sunset, { $days }
rule-when-after-sunrise = { $time } after sunrise, { $days }
rule-when-after-sunset = { $time } after sunset, { $days }
rule-when-person = { $of } sees a person
rule-when-motion = { $of } sees motion
rule-when-sound = { $of } hears a sound
rule-when-anything = { $of } sees or hears something
rule-when-smoke = { $of } tells of smoke
rule-when-co = { $of } tells of carbon monoxide
rule-when-alarm = { $of } tells of smoke or carbon monoxide
rule-when-smoke-over = { $of } tells of smoke no more
rule-when-co-over = { $of } tells of carbon monoxide no more
rule-when-alarm-over = the alarm of { $of } is over
rule-when-no-effect = { $of } heats or cools without effect
rule-when-window-open = { $of } cools down fast, as by an open window
rule-when-window-closed = { $of } becomes warm again, as if the window were closed
rule-when-signed-out = an account needs a new sign-in
rule-when-signed-out-of = the account { $account } needs a new sign-in
rule-when-failed = a change was refused or was never sent
rule-when-failed-of = a change of { $name } was refused or was never sent
rule-if-away = everybody is away
rule-if-away-of = everybody is away from { $home }
rule-if-home = somebody is home
rule-if-home-of = somebody is home at { $home }
rule-if-between = between { $from } and { $to }, { $days }
rule-if-dates = from { $first } to { $last }
rule-if-mode = { $of } is in the mode { $mode }
rule-if-online = { $of } is online
rule-if-camera-on = { $of } is on
rule-if-camera-off = { $of } is off
rule-then-command = carry out “{ $command }”
rule-then-level = put { $of } on { $level }
rule-then-end-eco = end Eco of { $of }
rule-then-resume = end the hold of { $of }
rule-then-preset = apply the preset { $name }
rule-then-notify = notify: { $text }
rule-then-program = run the program { $name }
rule-then-request = send the request { $name }
rule-template-save-energy = Save energy when everybody has left
rule-template-amiss = Tell me when something is amiss
rule-template-welcome = Welcome home
rule-template-night = Night
rule-template-window = Pause heating while a window is open
rule-template-window-over = Heat again once the window is closed
schedule-warning-close = { $first } and { $second } are closer than a quarter of an hour
schedule-warning-gap = { $level }: heat and cool are closer than { $gap }, which the mode heat and cool does not allow
schedule-warning-limits = { $level }: { $setpoint } is outside of what the thermostat allows now, { $low } to { $high }
schedule-warning-no-heat = { $level } has no set point for heat
schedule-warning-no-cool = { $level } has no set point for cool

## Runs of schedules and holds

run-other-mode = the thermostat was in another mode than before the hold
run-beyond-limits = the set point is outside of the limits of all rules
run-too-cold = the room is too cold to do without heat, or its temperature is not known
rule-skip-not-so = a condition did not hold
rule-skip-unknown = nobody knew if a condition held
rule-skip-missed = it was over before the rule could act, which had acted too often or waited for a thermostat
rule-skip-late = it was too late: Setpoint did not run, the computer slept, the rule had acted too often, or its devices could not be reached
rule-skip-late-several = { $count } occasions were too late: Setpoint did not run, the computer slept, the rule had acted too often, or its devices could not be reached
rule-skip-by-rule = the rule “{ $rule }” brought it about, and rules do not set off one another
run-start-skipped = { $name }: { $level } was not set
run-hold-over = { $name }: the hold ended without a change
run-already-so = the thermostat showed this value already
run-changed-by-hand = somebody had changed it by hand
run-held = a hold was in force
run-asleep = the program did not run, or the computer slept
run-asleep-several = the program did not run, or the computer slept: { $count } starts passed
run-offline = the thermostat could not be reached
run-not-sent = it was not sent
run-no-setpoint = the thermostat had no set point in its mode
run-lacks-level = the level has no set point for the mode
run-nothing-before = the value from before is not known
run-other-value = the thermostat no longer had the held value

## The schedule page

schedule-try = Try on the last 30 days
simulated-try = Try on a simulated day
simulated-try-of = Try { $rule } on a simulated day
simulated-runs =
    { $count ->
        [1] Simulated day, { $time }: acted once
       *[other] Simulated day, { $time }: acted { $count } times
    }
simulated-over =
    { $count ->
        [1] The simulated day is over: acted once
       *[other] The simulated day is over: acted { $count } times
    }
simulated-about = A copy of your home on a winter day, 600 times as fast, with the other rules that are on. Nothing reaches your devices, and no program is started.
simulated-progress = Part of the day that has passed
simulated-room = { $name }: { $room } in the room; the set point is dashed
simulated-pause = Pause
simulated-go-on = Go on
simulated-to-the-end = To the end of the day
simulated-started = { $level } begins: { $value }
simulated-no-setpoint = no set point in this mode
simulated-hold-ended = The hold of { $name } ends: { $value }
simulated-leaves = Everybody leaves { $name }
simulated-returns = Somebody comes home to { $name }
simulated-window-opens = A window is opened: { $name }
simulated-window-closes = The window is closed: { $name }
simulated-person = A person before { $name }
simulated-offline = { $name } is out of reach
simulated-online = { $name } is in reach again
simulated-smoke = { $name } warns of smoke
simulated-smoke-over = { $name } is quiet again
schedule-try-no-history = There is no history to try it on
schedule-try-reading = Reading the history…
schedule-tried = In the last 30 days it would have set { $sets } values, and { $against } changes by hand were for another one
schedule-tried-without = At { $count } starts the thermostat would have had no set point in its present mode
schedule-tried-on = This rests on { $changes } recorded changes by hand, and on the present mode
schedule-tried-against = { $time }: { $chosen } by { $by }, instead of { $level }, { $planned }
schedule = Schedule
action-schedule = Weekly schedules
action-rules = Rules
schedule-empty = No thermostat
schedule-empty-about = A schedule sets the temperature of a thermostat over the week.
schedule-week = Week
schedule-table = Table
schedule-form = Form
schedule-undo = Undo the last edit of the schedules
schedule-nothing-to-undo = Nothing was edited
schedule-none = No schedule yet
schedule-none-about = A week of named levels, such as Home and Sleep: at each start the thermostat gets the temperature of its level, until the next start. Nothing is set before you switch it on.
schedule-begin = Begin with a usual week
schedule-first = My week
level-home = Home
level-away = Away
level-sleep = Sleep
schedule-shown = Shown schedule
schedule-new = New
schedule-new-name = New schedule, as a copy of this one
schedule-new-default = New schedule
schedule-rename = Rename { $name }
schedule-delete = Delete { $name }
schedule-name = Name of the schedule
schedule-save-name = Save the name of the schedule
schedule-name-in-use = This name is taken; choose another one
schedule-active = Active on { $name }
schedule-active-about = Sets what is in force now, and each start from now on
schedule-kept-here = This computer keeps the schedule: it has to be awake, with Setpoint running. The thermostat’s own schedule goes on and may overrule it; switch that off in its app.
device-keeps = { $name } keeps its schedule itself
device-kept-there = The thermostat keeps the schedule, also while this computer is off, and this program sends no set points at its starts: a change by hand, or a hold, lasts until the next one at most. It knows the week alone, no other dates. While it learns, it may add starts.
device-now = { $value } by the thermostat’s own schedule
device-next = { $value } from { $time }
device-title = What { $name } keeps
device-none = { $name } has sent no schedule yet
device-unread = The schedule cannot be read: { $why }
device-left-out = { $count } entries are not understood and are left out here; a backup keeps them
device-days = { $from } to { $to }
device-same = { $name } keeps this week
device-put = Put this week on { $name }
device-put-short = Put on it
device-put-about = Replaces the whole week of the thermostat; the one of before is kept
device-wait = Wait until its schedule is read
device-busy = Waiting for the server…
device-replaced = { $name } has the new week, and follows it when it connects next
device-unchanged = { $name } kept this week already
device-again = Read again
device-again-name = Read the schedule of { $name } again
device-take = Make a schedule of it
device-take-name = Week of { $name }
device-take-left-out = { $count } starts are left out: there are too many
device-take-full = Nothing was taken over: there is no room for further levels or schedules
device-take-rounded = { $count } set points are rounded to the steps of levels
device-backup-left-out = { $count } entries are not understood, and are not put back
device-backups = Weeks of before, when they were replaced
device-backup = { $time }: { $starts } starts
device-backup-empty = No start of it is understood, or there was none
device-put-back = Put back
device-put-back-name = Put back the week of before { $time }
device-schedule-unread = Nothing was changed: the present schedule cannot be read ({ $why })
device-schedule-no-backup = Nothing was changed: the present schedule cannot be kept as a backup ({ $why })
device-schedule-changed = Nothing was changed: the schedule on the thermostat changed meanwhile; look at it again
device-schedule-refused = The schedule was not replaced: { $why }
device-schedule-open = The schedule was sent, and whether it was stored is not known ({ $why }); read it again
device-schedule-stored-other = The service took the schedule and stores another one; read it again
schedule-starting = Active; what is in force is not known yet
schedule-not-active = This schedule is not active here
schedule-late =
    { $count ->
        [one] Within a day, one start was { $minutes } min late.
       *[other] Within a day, { $count } starts were up to { $minutes } min late.
    }
schedule-missed =
    { $count ->
        [one] Within a day, one start passed while the program did not run or the computer slept.
       *[other] Within a day, { $count } starts passed while the program did not run or the computer slept.
    }
schedule-keys = Drag a start, or go to it with Tab and use the arrows (15 min; with Shift 1 h); Delete removes it. A value holds until the next start, and Sunday runs into Monday.
schedule-add-on = Add a start on { $day }
schedule-start = { $day } { $time }, { $level }, { $value }
schedule-start-time = Time of the start on { $day } at { $time }
schedule-start-level = Level on { $day } at { $time }
schedule-start-remove = Remove the start on { $day } at { $time }
schedule-time-taken = This day has another start at { $time }
schedule-last-start = A schedule needs at least one start
schedule-copy = Copy { $day } to
schedule-copy-to = copy to…
schedule-work-days = Monday to Friday
schedule-weekend = Saturday and Sunday
schedule-all-days = Every day
schedule-goes-on = { $level } goes on from the day before
weekday-long =
    { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
levels = Comfort levels
levels-about = All schedules share them. A thermostat takes the value of its mode; an empty field sets nothing in that mode.
level-add = Add a level
level-new = New level
level-name = Name of { $level }
level-heat = Heat of { $level }
level-cool = Cool of { $level }
level-remove = Remove { $level }
level-in-use = { $schedule } uses { $level }; change its starts first
dates = Other dates
dates-about = A vacation or guests: on these days another schedule is in force, from midnight to midnight.
dates-line = { $name }: { $from } to { $to }, { $schedule }
dates-remove = Remove the dates { $name }
dates-name = Name
dates-from = First day
dates-to = Last day
dates-schedule = Schedule of these days
dates-add = Add dates

## Holds

hold-for-length = for { $length }
hold-two-hours = Hold for 2 h
hold-end = End the hold
hold-end-name = End the hold of { $name } now
hold-name = Hold
hold-menu = Hold { $name } for a time
hold-none = Not held
hold-held = Held at { $value } { $end }
hold-until = until { $time }
hold-until-next = until the next set point
hold-until-ended = until you end it
hold-for = for { $length }, until { $time }
hold-other-end = another end…
hold-end-now = End now
hold-then-level = then { $level }, { $value }
hold-then-before = then { $value } again
schedule-now = { $level }, { $value } since { $time }
schedule-waits = { $level }, { $value } is due since { $time }
schedule-left-alone = Changed by hand, instead of { $level }, { $value }
schedule-next = then { $level }, { $value } at { $time }
palette-held = held { $end }

## The store of holds and runs

automation-set-aside = The file of holds was damaged; it is kept as { $path }, and a new one begins
automation-stuck = The file of holds { $path } is damaged and cannot be renamed: { $why }
automation-refused = { $name }: the value of the schedule or hold was refused: { $why }
automation-form = Automation: { $problem }
rule-paused-until = The rule “{ $rule }” acted too often, and waits until { $until }
rule-notifies = { $text } ({ $rule })
rule-notifies-about = { $subject }: { $text } ({ $rule })
automation-store-file = holds and schedules cannot be kept, so none is carried out: { $why }
automation-store-locked = another process is writing holds and schedules; try again
automation-store-newer = a newer Setpoint wrote holds and schedules (version { $version } of their file), so this one carries out none
automation-store-damaged = the file of holds and schedules is damaged

## Energy

energy = Energy
energy-empty = No thermostat here
energy-empty-about = This page shows what thermostats did, once there is one
energy-all = All thermostats
energy-base = Degree days below
energy-degree-days = Degree days
energy-no-outdoor = No outdoor temperature is known
energy-before = { $value } in { $period }
energy-days =
    { $count ->
        [one] from one day
       *[other] from { $count } days
    }
energy-per-degree-day = Heating per degree day
energy-whole-days =
    { $count ->
        [one] from one whole day
       *[other] from { $count } whole days
    }
energy-no-ratio = Needs three whole days with five degree days
energy-longer = Choose a week or more
energy-house = The house
energy-loses = loses { $loss }° in an hour at { $outdoor }°
energy-house-about = time constant { $constant } ± { $constant_error } h, balance point { $balance } ± { $balance_error }°, from { $count } stretches of the last year without heating
energy-few-stretches = Needs { $needed } stretches of an hour without heating; there are { $found }
energy-unclear = The rooms do not follow the outdoors clearly enough, or the outdoors is not known
energy-rests-on = Rests on { $known } of { $all } hours; the others are left out, not counted as off
energy-same-days = the same days of { $period }
energy-no-comparison = No comparison with { $period }: too little is known
energy-same = as in { $period }
energy-more = { $percent } % more than in { $period }
energy-less = { $percent } % less than in { $period }
energy-hours = Hours of heating and cooling
energy-legend = { $now }, and pale { $before }
energy-compare = Compare with
energy-known = { $percent } known
energy-point = Point at a bar for its hours
energy-and-before = { $now } (before { $before })
energy-save = Save as CSV
energy-sheet = Save as PDF
energy-sheet-about = A sheet to print, with the figures, the bars and their table
energy-each = Each thermostat
energy-look = Worth a look
energy-nothing = Nothing unusual in this time
energy-window = { $device }: was a window open?
energy-window-about = The room fell by { $fall }° in an hour on { $day }, { $from } to { $to }

## Imports

import-open = Import from Google Takeout…
import-title = Import from Google Takeout
import-about = Ask for your Nest data at takeout.google.com, download the zip, and drop it on this window or choose it here. Nothing leaves this computer.
import-file = Import { $file }
import-path = Or the path of a zip, a folder or a file
import-hint = Path
import-no-path = Type a path first
import-start = Import
import-reading = Reading: { $percent }
import-left = Reading: { $percent }, about { $time } left
import-done = { $taken } intervals taken, { $known } known already, { $refused } refused, from { $files } files
import-counted = { $name } is counted to { $to }
import-own = { $name } is a thermostat of its own
import-more-refused = and { $count } more; `setpoint history import` lists them
import-which = Which thermostat is { $name }?
import-proposal = Its temperatures were those of { $device } for { $hours } hours, { $difference } °C apart
import-apart = None of these: keep it apart
import-answer = Use this

## What became of the past

activity-runs = Equipment
past-heated = { $device } heated
past-cooled = { $device } cooled
past-offline = { $device } was offline
past-span = { $from } to { $to }, { $time }
past-open = since { $from }; nobody heard its end

## The settings of the history

settings-history = History
history-keep = Keep the history
history-keep-about = A thermostat needs about 4 MB a year; what is older is deleted once a day
history-for-ever = For ever
history-years =
    { $years ->
        [one] One year
       *[other] { $years } years
    }
history-thermostats = Thermostats of the history
history-thermostats-about = Recorded by this program, and taken from exports
history-extent = { $from } to { $to }, { $count } intervals
history-forget = Forget
history-save = Save as CSV
history-save-what = Save { $name } as CSV
history-save-about = Every interval, for a spreadsheet
history-export-name = history
history-forget-what = Forget { $name }
history-forget-all = Forget everything
history-forget-all-about = Every thermostat of the history, with its changes
history-forget-really = Really delete
history-not-written = What thermostats do is not written now: { $why }
history-set-aside = The history could not be read. The file was kept as { $path }, and a new one started
history-stuck = The history could not be read, nor the file kept aside ({ $why }): { $path }

## More of the energy page

energy-star = Saved (ENERGY STAR)
energy-star-about = of the heating of { $device }, against { $comfort }° all day, from { $count } core days of the last year
energy-few-core-days = Needs { $needed } core days of the last year; there are { $found }
energy-cycles = { $device }: starts too often
energy-cycles-about = { $runs } runs of at most { $longest } on { $day }, { $from } to { $to }; usual are 10 to 20 minutes
energy-starts = The heating started at least { $count } times

## Cost

cost-title = Estimated cost
cost-range = { $low } to { $high }
cost-about = Runtime times rated power times price, give or take a tenth: equipment rarely takes just its rated power
cost-unknown = Enter the rated power and a price to see an estimate
cost-heating = Heating power, kW
cost-cooling = Cooling power, kW
cost-price = Price of a kWh
cost-night = Another price at night
cost-night-from = Night from
cost-night-to = Night to
cost-no-number = Type a number such as 24 or 0.28

## The air filter

filter-title = Air filter
filter-about = Counts the hours of fan, cooling and forced-air heating from the day of the change, as far as they are known
filter-changed = Changed today
filter-hours = { $hours } of { $all } h
filter-since = changed on { $day }
filter-due-after = The air filter has run for { $hours } h since it was changed: time for a new one
filter-due = It is due
filter-none = Count no more
filter-life = Due after
filter-of-heating = The heating blows through it

## The dial

dial-name = { $device } target temperature
dial-name-low = { $device } heat to
dial-name-high = { $device } cool to
dial-lower = Lower { $what }
dial-raise = Raise { $what }
dial-type = Type { $what }
dial-typed = { $what }, typed
dial-set = Set
dial-set-name = Set { $what }
dial-heat-to = Heat to
dial-cool-to = Cool to
dial-set-to = Set to
dial-room = room { $degrees }
dial-keeps-apart = Keeps at least { $gap } between the two

## The page of a thermostat

scale = Scale
scale-about = What the device itself shows
label-about = A nickname, shown after the name of the place
mode-before-eco = Was { $mode } before Eco
mode-eco-about = Keeps the limits of Eco
mode-heat-about = Heats to the target
mode-cool-about = Cools to the target
mode-heat-cool-about = Between two targets
mode-off-about = Neither heats nor cools
mode-unknown-about = Not told by the service
fan-runs-until = Runs until { $time }
fan-runs = Runs
fan-about = Off · runs for the chosen time
save-what = Save { $what }
save-unchanged = Nothing was changed
way-out-eco = Leave Eco: { $mode }
way-out-off = Turn on: { $mode }

## Facts

fact-humidity = Humidity
fact-eco = Eco keeps
fact-lock = Locked on the device
fact-emergency-heat = Emergency heat
fact-last-connection = Last connected
fact-software = Software
fact-smoke = Smoke
fact-co = Carbon monoxide
fact-battery = Battery
fact-test = Test
fact-test-runs = running
fact-last-test = Last test
fact-security = Security
fact-rush-hour = Energy rush hour
fact-time-zone = Time zone
fact-country = Country
fact-postal-code = Postal code
fact-zones = Activity zones
fact-microphone = Microphone
fact-video-history = Video history
fact-shared = Public stream
fact-online-since = Online since
fact-offline-since = Offline since
rush-hour-none = takes part, none announced

## The page of a Protect

protect-of = { $place } Protect
protect-about = A Protect warns by itself, whatever this program does. Nothing of it can be changed from here.
alarm-ok = ok
alarm-warning = warning
alarm-emergency = emergency
alarm-unknown = Unknown state: { $word }
alarm-smoke = Smoke in the { $place }
alarm-co = Carbon monoxide in the { $place }
alarm-both = Smoke and carbon monoxide in the { $place }
alarm-warning-of = Warning: { $what }
alarm-somewhere = home
alarm-since = { $what } since { $time }
alarm-advice-smoke = Leave and call the fire brigade.
alarm-advice-co = Get everybody into fresh air and call the emergency services.
alarm-advice-warning = Look at once, and open a window.
alarms-more =
    { $count ->
        [one] and one more alarm
       *[other] and { $count } more alarms
    }
alarm-over = Over: { $what }
battery-ok = ok
battery-replace = low
battery-low = Battery low: replace it
emergency-both = Emergency: smoke and carbon monoxide
emergency-smoke = Emergency: smoke
emergency-co = Emergency: carbon monoxide
warning-both = Warning: smoke and carbon monoxide
warning-smoke = Warning: smoke
warning-co = Warning: carbon monoxide
all-clear = All clear

## The page of a home

away-about = Away switches the thermostats to Eco
structure-name = Home name
eta-about = Tell the thermostats when somebody comes home
eta-only-away = Can be announced while the home is set to away
eta-expected = Expected at { $time }
eta-when = Arrival
eta-in = in { $time }
eta-announce = Announce
eta-announce-name = Announce arrival
eta-cancel-name = Cancel arrival
security-ok = nothing seen
security-deter = A camera saw a person while nobody should be at home

## The page of a camera

camera-on-about = It sees and records what happens
camera-on = On
camera-off-about = It neither sees nor records anything
camera-switch = { $device } camera
camera-now = Now
camera-enlarge = Enlarge: { $what }
camera-now-name = Picture of { $device }
camera-refresh = Load a new picture
camera-last-event = Last event
camera-events = Events
camera-events-all = Show all { $count }
camera-events-fewer = Show fewer
camera-event-name = Last event of { $device }
camera-event-expired = The picture of this event has expired
camera-no-event = Nothing has happened yet
camera-no-picture = No picture
camera-off = Off
camera-in-zones = in { $zones }
event-person = Person
event-motion = Motion
event-sound = Sound
event-other = Activity
event-since = { $what } since { $time }
event-going-on = since { $time }
picture-loading = Loading…
picture-still = { $time }, still picture
picture-play = press to play
picture-stop = press to stop
picture-bad-link = The service gave a link that leads nowhere
picture-not-https = The picture would come from { $host } without encryption, so it was not asked for
picture-foreign-host = The picture would come from { $host }, which does not belong to the service, so it was not asked for
picture-redirects = The service redirects again and again on the way to the picture
picture-denied = The link has expired; the next event brings a new one
picture-gone = The service does not have this picture any more
picture-status = The service answered { $status } in place of a picture
picture-page = The service sent a page instead of a picture; does this network ask you to sign in?
picture-none = The service sent something that is neither a PNG, JPEG or GIF picture nor a clip that can be shown
picture-too-large = The picture is larger than { $megabytes } MB, so it was not loaded
picture-too-many-pixels = The picture claims { $width } × { $height } pixels, which is too many to show
picture-broken = The picture arrived damaged or incomplete
picture-timed-out = { $host } did not send the picture in time
picture-unreachable = The picture cannot be loaded from { $host }
no-encryption = Encryption could not be set up: { $reason }
picture-no-room = Too many pictures are open at once; this one comes back when there is room

## The overview

kind-climate = Climate
kind-cameras = Cameras
kind-safety = Safety
homeless = Devices without a home
card-home = { $name }, home
card-thermostat = { $name }, thermostat
card-camera = { $name }, camera
card-protect = { $name }, Protect
card-mode = { $device } mode
card-fan-until = Fan on until { $time }
card-humidity = { $value } % humidity
card-day = The last 24 hours: { $facts }
card-no-history = The history begins now
card-cooler = Cooler, { $device }
card-warmer = Warmer, { $device }
card-target = target
invitation = This is a simulated home: nobody lives here, so try anything
invitation-short = A simulated home
invitation-back = Back to your home
overview-filter = Filter by name
overview-title = All devices
overview-view = View
overview-cards = Cards
overview-compact = Compact
overview-none = No device has such a name.
invitation-connect = Connect your home
empty-title = This account has no devices
empty-about = Add one in the app of its maker, and it appears here by itself.
connecting-title = Waiting for the service…
connecting-about = The homes appear as soon as it answers.
offline-title = The service cannot be reached
offline-about = Setpoint tries again by itself; what you change meanwhile waits and is sent when the service is back.
values-as-of = as of { $time }
values-last-known = last known
signed-out-title = Signed out
signed-out-about = The service does not take the token any more. Sign in again to go on; nothing that waits is lost.
gone-title = No longer there
gone-about = The account does not have this device or home any more.

## What became of a change

status-settling = { $value } · sends in a moment
status-offline = { $value } is queued, kept until { $time }
status-limited-until = { $value } waits for the rate limit until { $time }
status-limited = { $value } waits for the rate limit
status-asked-until = { $value } waits until { $time }, as the service asks
status-asked = { $value } waits, as the service asks
status-sign-in = { $value } waits until you sign in
status-after = { $value } waits for the change before it
status-sending = Sending { $value }…
status-confirming = { $value } accepted, waiting for the device…
status-unanswered = { $value } was sent without an answer; checking if it arrived…
status-conflict = Changed elsewhere to { $theirs }; you asked for { $value }
status-failed = { $value } was not set at { $time }: { $why }
status-may-have-arrived = { $value } may have arrived at { $time }: { $why }
status-not-shown = { $value } was accepted at { $time }; waiting for the device, which still shows { $shown }
why-not-shown = The service accepted it; the device has not shown it yet and still shows { $shown }
why-may-have-arrived = It may have arrived: { $why }
why-too-long = The service was unreachable for too long, so the change expired
send-now = Send now
send-anyway = Send now anyway
keep-mine = Keep mine
take-theirs = Take theirs

## The line to the service

line-connecting = connecting…
line-live = live
line-silent = silent since { $time }
line-offline = offline since { $since }, connecting…
line-offline-until = offline since { $since }, next try at { $time }
line-signed-out = signed out
sign-in-again = Sign in again
try-now = Try now
dismiss-what = Dismiss: { $what }
not-taken = The last change was not accepted; try again

## The frame around the pages

rail-home = Home
rail-developer = Developer
rail-settings = Settings
rail-help = Help
all-homes = All homes
which-home = Home shown
consent-title = Switch on { $device }?
consent-about = It will see and may record who is there. Everybody who lives there should know.
consent-on = Switch on
consent-off = Keep it off

## Actions

action-palette = Type a command
action-help = Keys and help
action-undo = Undo the last change
action-redo = Redo
action-back = Back to the page before
action-overview = Show all devices
action-activity = Show the activity
action-energy = Show the energy
action-search = Search the activity
action-presets = Show the presets
action-simulator = Show the simulator
action-explorer = Show the whole document of the home
action-settings = Show the settings
action-next-home = Show the next home
action-larger-text = Larger text
action-smaller-text = Smaller text
action-usual-text = Usual text size
action-reconnect = Connect again
action-close-window = Close the window
action-quit = Quit Setpoint
help-title = Help
help-menu-keys = Shift+F10, right button
help-regions = To the rail, the bar and the page
help-menu = On a value: undo, pin, rename, copy
help-order-keys = Ctrl+Shift+←→
help-order = On a card: move it
help-dial = On the dial
help-dial-arrows-keys = Arrows
help-dial-arrows = One step
help-dial-pages-keys = Page up, Page down
help-dial-pages = 2 °C or 3 °F
help-dial-ends-keys = Home, End
help-dial-ends = The lowest or highest that is allowed now
help-dial-digits-keys = Digits
help-dial-digits = Type a temperature
help-dial-enter-keys = Enter
help-dial-enter = Send a waiting change at once
help-dial-escape-keys = Esc
help-dial-escape = Take it back
help-dial-wheel-keys = Wheel
help-dial-wheel = One step, while a handle has the focus
help-marks = The marks of the dial
help-mark-target = The target: drag it
help-mark-room = The temperature of the room
help-mark-way = The way from the room to the target
help-mark-eco = Green line: the limits that Eco keeps
help-mark-confirmed = Dot: the value before a change that is on its way
help-version = Setpoint { $version }
help-licences = Free software under MIT or Apache-2.0. The fonts Inter and JetBrains Mono are under the SIL Open Font License.

## The palette

palette-name = Command
palette-hint = Type what you want: { $example }
palette-chosen = { $row }, { $number } of { $count }
palette-keys =
    { $count ->
        [0] Nothing fits
        [one] One match · Enter takes it · Tab completes · Esc closes
       *[other] { $count } matches · arrows choose · Enter takes · Tab completes · Esc closes
    }
palette-sets =
    { $count ->
        [0] changes nothing
        [one] one change
       *[other] { $count } changes
    }
palette-refused = 
    { $count ->
        [one] one not possible
       *[other] { $count } not possible
    }
detail-now = now { $value }
detail-for = for { $time }
detail-homes =
    { $count ->
        [one] one home
       *[other] { $count } homes
    }
detail-thermostats =
    { $count ->
        [one] one thermostat
       *[other] { $count } thermostats
    }
detail-fans =
    { $count ->
        [one] one fan
       *[other] { $count } fans
    }
detail-cameras =
    { $count ->
        [one] one camera
       *[other] { $count } cameras
    }
detail-arrival = minutes until the arrival
detail-no-arrival = cancels the arrival
detail-new-name = a new name
palette-preset = preset
palette-level = Comfort level for all thermostats
palette-dark = Dark theme
palette-light = Light theme
palette-system = Theme of the desktop
palette-sign-in = Sign in to a home
command-words = please= the=
command-fillers = good= apply= run= start= the= preset= mode= scene=
palette-open = Open { $name }
preview-unchanged = already set

## Typed texts

typed-no-temperature = “{ $text }” is not a temperature; write one such as { $example }
typed-no-name = There is no device or home called “{ $name }”; there are: { $known }
typed-ambiguous = “{ $name }” could be { $candidates }
typed-nothing-asked = Say what to set on “{ $name }”, such as { $example }
typed-no-field = “{ $field }” cannot be set here; what can be set: { $known }
typed-no-value = “{ $value }” is not a value for { $field }; write { $expected }
typed-no-present = The present { $field } is unknown, so it cannot be changed by a step; write the value itself
typed-other-scale = “{ $value }” is no setting in { $scale }; for { $other } write { $value }{ $letter }
typed-no-thermostat-here = This command needs a thermostat, and there is none here
typed-no-fan-here = This command needs a fan, and there is none here
typed-no-camera-here = This command needs a camera, and there is none here
typed-no-home-here = This command needs a home, and there is none here
typed-too-much = “{ $text }” does not belong here; leave it out
typed-no-end = “{ $text }” tells no end; write until 22:00, for 2h, until next or until cancelled
typed-not-held = Only a temperature is held for a time, and not { $field }
typed-no-next-start = { $name } has no active schedule, so it has no next set point
expected-on-off = on or off
expected-temperature = a temperature, such as 21.5, 70F or +1
expected-two-temperatures = two temperatures, such as 18-24
expected-mode = heat, cool, heat-cool, eco or off
expected-of-thermostat = a temperature, a range, a mode, or fan on
expected-on-off-minutes = on, off or minutes
expected-minutes = minutes, such as 30
expected-arrival = minutes from now, such as 30, or cancel
expected-scale = C or F
expected-home-away = home or away
expected-of-home = home, away, or eta 30

## Why a change is refused

refused-unknown = There is no such device or home in this account: { $id }
refused-offline = The device is offline; it can be changed when it is back
refused-eco = Eco is on and keeps its own limits; choose another mode
refused-off = The thermostat is off; choose a mode
refused-wants-range = Heat · Cool keeps a range; set its lower and upper temperature
refused-wants-one = A range needs the mode Heat · Cool
refused-unknown-mode = The present mode is unknown to this program, so it takes no temperature
refused-lacks-cooling = { $mode } needs cooling, and this thermostat has none
refused-lacks-heating = { $mode } needs heating, and this thermostat has none
refused-no-mode = “{ $word }” is not a mode; choose heat, cool, heat-cool, eco or off
refused-too-high = { $asked } is too high; the highest is { $limit }
refused-too-low = { $asked } is too low; the lowest is { $limit }
refused-above-lock = { $asked } is above the lock on the thermostat, which ends at { $limit }
refused-below-lock = { $asked } is below the lock on the thermostat, which starts at { $limit }
refused-low-above-high = The lower target temperature ({ $asked }) is above the upper one ({ $limit })
refused-too-close = Keep the two target temperatures at least { $gap } apart
refused-no-temperature = “{ $word }” is not a temperature
refused-emergency-heat = Emergency heat is on; switch it off on the thermostat first
refused-safety = The fan stays off while a Protect warns of smoke or carbon monoxide
refused-no-fan = This thermostat does not control a fan
refused-fan-off = The fan cannot start while the thermostat is off; choose a mode first
refused-fan-minutes = { $minutes } minutes is not offered; choose 15, 30, 45, 60, 120, 240, 480 or 720
refused-label-too-long = The label has { $chars } characters; the most is 255
refused-name-missing = A home needs a name
refused-no-away = “{ $word }” is neither home nor away
refused-not-away = An arrival can be announced only while the home is set to away
refused-no-thermostat = An arrival prepares a thermostat, and this home has none
refused-arrival-past = The arrival lies in the past
refused-arrival-ends = The arrival ends before it begins
refused-service-away = { $service } cannot set home or away; Eco on every thermostat comes closest
refused-service-names = { $service } cannot change names
refused-service-eta = { $service } does not support arrivals
refused-service-scale = { $service } cannot change the scale of a thermostat
refused-service-streaming = { $service } cannot switch cameras on or off
refused-service = { $service } cannot change this

## Keys

key-ctrl = Ctrl
key-alt = Alt
key-shift = Shift
key-left = Left arrow

## Why a service did not do it

reason-unexplained = The service refused it without a reason
reason-other-mode = The mode that the thermostat is in now does not allow this; what it shows is being read again
reason-adjusted = The service set { $to } instead
reason-stored-other = The service stored { $value } instead
reason-device-gone = The service does not know this device any more
reason-token-refused = The service does not accept the token
reason-withdrawn = Access was withdrawn; sign in again to go on
reason-busy = The service asks to wait
reason-unavailable = The service is not available for a while
reason-server-failed = The service failed with status { $status }
reason-status = The service answered { $status }, which has no meaning here
reason-unreachable = { $host } cannot be reached: { $cause }
reason-no-answer = The service did not answer in time
reason-silent = Nothing was heard of the service for too long
reason-broke-off = The connection broke off: { $cause }
reason-closed = The service closed the connection
reason-stream-failed = The service reported an error on its stream
reason-stream-cancelled = The service cancelled its stream
reason-not-understood = The service sent something that is not JSON; does this network ask you to sign in? ({ $detail })
reason-not-a-home = The service sent something else where a home was expected
reason-not-the-control-port = This is not the control port of a No Longer Evil server; it is 8082 unless somebody changed it
reason-too-large = The service sent more than { $megabytes } MB
reason-sign-in-refused = The service refused the sign-in
reason-sign-in-status = The service refused the sign-in with status { $status }
reason-no-token = The service sent no token at the sign-in
reason-sign-out-refused = The service answered { $status } to the sign-out
reason-program = Something went wrong in this program ({ $detail })
reason-program-ended = The program ended before the service answered
redirect-status = The service answered { $status }, which would change the request
redirect-hops = The service redirected more than { $hops } times
redirect-no-address = The service redirected to no valid address; the token was not sent there
redirect-user-info = The service redirected to an address with a user name in it; the token was not sent there
redirect-not-https = The service redirected to an address without encryption; the token was not sent there
redirect-foreign-host = The service redirected to { $host }, which must not see the token; it was not sent there
cause-refused = nothing answers there
cause-unknown-host = its name was not found; is this machine online?
cause-no-route = no network leads there
cause-timed-out = no answer came in time
cause-hung-up = the other side closed the connection
cause-certificate = its certificate is not valid for it
cause-encryption = no encrypted connection could be agreed on
cause-unknown = no connection could be made

## Addresses, tokens and accounts that cannot be used

url-none = “{ $text }” is not a web address; write it with https:// in front
url-port = The port in the address is out of range; ports go from 1 to 65535
url-scheme = The address must begin with https://, not { $scheme }://
url-plaintext = The address must begin with https://; plain http would show the token to the network and is only for this machine (127.0.0.1, localhost)
url-user-info = The address must not hold a user name or password
url-query = The address must not hold a “?” or “#”
url-token = The token holds a space, a line break or another character that no token has; copy it again
vault-missing = No token is stored
vault-locked = The keyring is locked or refuses access ({ $detail }); unlock it and try again
vault-no-keyring = This desktop has no keyring ({ $detail }); install gnome-keyring or KWallet to keep the token
vault-silent = The keyring did not answer within 5 seconds; unlock it and try again
vault-damaged = The stored token is damaged; sign in again
vault-passphrase = The token is in a sealed file; enter its passphrase
vault-wrong-passphrase = The passphrase does not open the file with the token
vault-file = The file with the token cannot be used ({ $why }): { $path }
vault-cipher = The token cannot be sealed ({ $detail })
vault-machine = The keyring cannot be asked ({ $detail })
session-half-environment = { $url } and { $token } belong together; set both or neither
session-no-such-account = There is no account called “{ $name }”
session-no-account = There is no account yet; connect one in the settings
start-in-use = { $address } is in use by another program; choose another port, or port 0 for any free one
start-address = { $address } cannot be listened on ({ $why })
start-not-loopback = { $address } can be reached by others; the simulated home is served to this machine only, at 127.0.0.1 or [::1]
start-speed = { $speed } is not a speed; choose a number above 0, at most 100000
start-size = { $count } thermostats are not possible; choose 1 to 10000
start-token = The token must be visible ASCII characters without spaces
account-environment = Server from the environment variables
closed-title = This account cannot be opened
closed-about = The reason is shown above. Put it right in the settings, or look around in the simulated home.
line-closed = not open

## The way back from the browser

back-port-in-use = Port { $port } on this machine is in use; try again
back-no-port = No port could be opened for the sign-in ({ $detail })
back-ended = The browser can no longer come back to Setpoint; try again
back-timed-out = The browser did not come back within { $minutes } minutes; try again
browser-signed-in = You are signed in. You can close this page and go back to Setpoint.
browser-refused = The sign-in was refused. You can close this page and go back to Setpoint.
browser-no-code = The service sent no code. Go back and try again.
browser-not-ours = This sign-in was not started by Setpoint. Nothing was changed.

## Notices

settings-unreadable = The settings cannot be read ({ $why }); defaults are used: { $path }
settings-set-aside = The settings could not be read. The file was kept as { $path }, and a new one started
settings-stuck = The settings could not be read, nor the file kept aside ({ $why }): { $path }
settings-newer = The settings were written by a newer version; what is unknown here is kept
settings-unknown-desktop = The setting { $key } = { $value } is unknown; the desktop’s choice is used
settings-unknown-language = The setting { $key } = { $value } is unknown; the system’s language is used
settings-unknown-usual = The setting { $key } = { $value } is unknown; the usual value is used
settings-unusable-accounts =
    { $count ->
        [one] One account in the settings cannot be used and is left out
       *[other] { $count } accounts in the settings cannot be used and are left out
    }
settings-not-saved = The settings cannot be saved ({ $why }); they last until Setpoint ends
presets-set-aside = The presets could not be read. The file was kept as { $path }, and a new one started
presets-stuck = The presets could not be read, nor the file kept aside ({ $why }): { $path }
presets-unusable =
    { $count ->
        [one] One preset cannot be used by this version; it is kept in the file
       *[other] { $count } presets cannot be used by this version; they are kept in the file
    }
queue-set-aside = The list of unsent changes could not be read. The file was kept as { $path }, and a new one started
queue-stuck = The list of unsent changes could not be read, nor the file kept aside ({ $why }): { $path }
queue-unreadable = The list of unsent changes cannot be read ({ $why })
queue-not-saved = Changes that wait for the service cannot be saved ({ $why }); they are kept only while Setpoint runs
journal-unreadable = The activity cannot be read ({ $why })
journal-not-saved = The activity cannot be saved ({ $why }); it is kept only while Setpoint runs
account-in-use = Another Setpoint process has this account open and does not hand it over. End that one, and try again
not-locked = The files of this account cannot be locked ({ $why }); changes that wait are kept only while Setpoint runs
token-not-kept = The token is kept only while Setpoint runs. { $why }
sign-out-not-told = The service was not told of the sign-out. { $why }
token-not-deleted = The token could not be deleted. { $why }
about = { $subject }: { $text }
file-missing = it is not there
file-denied = permission denied
file-read-only = the disk is read-only
file-full = the disk is full
file-in-the-way = something else is in its place
file-not-plain = it is no plain file of a reasonable size

## The activity

activity = Activity
activity-search = Search the changes
activity-clear = Clear the search
activity-whose = By whom
activity-kind = Kind
activity-everything = Everything
activity-changes = Changes
activity-presence = Home and away
activity-offline = Offline
activity-anybody = Anybody
activity-device = Device
activity-devices = All devices
activity-ours = From here
activity-others = From elsewhere
activity-alarms = Alarms
activity-empty = Nothing was changed yet
activity-empty-about = Changes from here and from elsewhere appear in this list.
activity-none = Nothing found
activity-none-about = No change fits the search. Try the name of a device, a value or a time.
change-value = { $device }: { $from } → { $to }
change-value-to = { $device }: { $to }
change-field = { $device } · { $field }: { $from } → { $to }
change-field-to = { $device } · { $field }: { $to }
change-away = { $device }: Set to { $to }
change-arrival-cancelled = { $device }: Arrival cancelled
change-undone = Undone
who-window = this window
who-tray = tray
who-cli = command line
who-bridge = another program, through the bridge
who-rule = rule
who-schedule = schedule
who-hold = end of a hold
who-elsewhere = elsewhere
who-after-away = with Away
who-after-home = with Home
outcome-done = done
outcome-accepted = accepted
outcome-refused = refused: { $why }
outcome-unconfirmed = accepted, not shown yet
outcome-may-have-arrived = may have arrived: { $why }
outcome-expired = expired before it could be sent
outcome-discarded = withdrawn
standing-undone = undone
standing-superseded = changed again since
undo-what = Undo { $what }
redo-what = Redo { $what }
retry-what = Try again: { $what }
recent = Last changes
recent-all = all ›
toast-refused = { $change } was refused: { $why }
toast-undone = Undone: { $change }
toast-unconfirmed = { $change } · accepted; the device has not shown it yet
toast-may-have-arrived = { $change } may have arrived: { $why }
toast-expired = { $change } · expired before it could be sent
close-toast = Close this message

## Requests as code

as-code = As code
as-code-show = Show as code
as-code-show-what = Show as code: { $what }
as-code-name = The code
as-code-language = Programming language
as-code-copy = Copy
as-code-copied = The code was copied ({ $language })
as-code-line = In one line, for a service that does not redirect:
as-code-line-copy = Copy the line
as-code-script = A script that follows redirects, but sends the token to this service alone:
as-code-terminal = Open in a terminal
as-code-terminal-none = No terminal was found on this desktop
as-code-terminal-shell = Only code for a shell runs in a terminal as it is: curl, HTTPie and setpoint
as-code-terminal-hint = To run it, with the token in { $variable }:
as-code-terminal-hint-account = To run it:
as-code-terminal-failed = The terminal could not be opened ({ $why })
as-code-token = The token is not in the code, which reads it from the variable { $variable } of the environment. This asks for it in a shell and keeps it out of the history:
as-code-token-page = The token is not in the code, which asks for it when it runs.
as-code-other-api = This account is at a service with another API. “setpoint serve” is the bridge to it: put its address in the place of { $address } and its token into the variable.
as-code-simulated = The simulated home in this program has no address of its own. “setpoint simulate” serves one like it: put its address in the place of { $address }.
as-code-no-value = There is no value to write just now
as-code-elsewhere = This was changed elsewhere; what was asked for is not known here
as-code-no-request = This is no request that code could make: its path or the address of the service does not fit
as-code-account = The command takes address and token of the account “{ $account }” from the program.

## Presets

presets = Presets
presets-about = Named sets of changes, captured from the present state and applied together.
presets-suggested = Suggestions for this home
presets-levels = Comfort levels, for all thermostats in their present modes
preset-level = Make it a comfort level
preset-level-name = Make { $name } a comfort level
preset-level-about = It sets the same on each thermostat; as a comfort level, schedules and rules know it too.
preset-level-there = There is a comfort level of this name with the same set points.
preset-level-instead = Use the level instead
preset-level-instead-name = Remove the preset { $name } and use its comfort level
presets-all = All presets
presets-empty = No presets yet
presets-empty-about = Set everything as you like it, then keep it under a name.
presets-not-saved = The presets cannot be saved ({ $why }); they last until Setpoint ends
preset-new = New from the present state
preset-apply = Apply { $name }
preset-edit = Edit { $name }
preset-remove = Remove { $name }
preset-up = Move { $name } up
preset-down = Move { $name } down
preset-add = Add…
preset-look-at = Look at { $name } and add it
preset-removed = { $name } was removed
preset-put-back = Bring { $name } back
starter-night = Night
starter-away = Away
starter-everything-off = Everything off
preset-name = Name of the preset
preset-name-hint = such as Night
preset-recapture = Take the present values
preset-sets-nothing = Choose at least one value
preset-camera-goes-on = Camera is switched on, after you are asked
preset-includes = Include { $what }
preset-device-gone = A device that is gone
preset-name-empty = A preset needs a name
preset-name-long = The name has { $chars } characters; the most is { $most }
preset-name-taken = There is a preset called { $name } already
preset-unknown = This preset is no longer there
lower-end = { $what }, lower end
upper-end = { $what }, upper end
batch-going-on = { $name } · { $done } of { $all }
batch-over = { $name }: { $result }
batch-undoing = Undoing { $name } · { $done } of { $all }
batch-undone = { $name } undone: { $result }
batch-changed =
    { $count ->
        [one] 1 changed
       *[other] { $count } changed
    }
batch-set-back =
    { $count ->
        [one] 1 set back
       *[other] { $count } set back
    }
batch-same =
    { $count ->
        [one] 1 was so already
       *[other] { $count } were so already
    }
batch-failed =
    { $count ->
        [one] 1 failed
       *[other] { $count } failed
    }
batch-left =
    { $count ->
        [one] 1 withdrawn
       *[other] { $count } withdrawn
    }
batch-details = Details
batch-details-less = Fewer details
batch-close = Close this list
item-waiting = waiting
item-sending = on its way
item-conflict = changed elsewhere; choose on its page
item-replaced = replaced by a newer change
item-may-have-arrived = may have arrived

## The document

explorer-tree = Document of the home
explorer-search = Search keys and values
explorer-hits = { $at } of { $count }
explorer-none = Nothing found
explorer-next = Next hit
explorer-previous = Previous hit
explorer-fold-all = Fold all
explorer-unfold-all = Unfold all
explorer-fold = Fold
explorer-unfold = Unfold
explorer-read-only = This value is read-only
explorer-can-change = can be changed
explorer-confidential = Confidential: neither shown nor copied
explorer-open = Open its page
explorer-account = Account: { $name }
explorer-copied = Copied
explorer-close = Close the details
explorer-empty = Nothing is known yet
explorer-empty-about = The document appears as soon as the service has sent the home.
json-tree-copy-path = Copy path
json-tree-copy-value = Copy value
json-tree-changed = just changed
json-tree-hit = found
json-tree-entries =
    { $count ->
        [one] One entry
       *[other] { $count } entries
    }

## The simulator

simulator = Simulator
simulator-about = Change the weather, send visitors, raise smoke alarms and cut wires in the simulated home.
simulator-not-here = No simulated home is open
simulator-not-here-about = This page belongs to the simulated home, which can be opened in the settings.
simulator-failed = Nothing happened: the device is off, offline or gone
simulator-outdoor = Outside
simulator-outdoor-fixed = { $degrees }, set by hand
simulator-outdoor-free = { $degrees }, following the time of day
simulator-outdoor-release = Follow the time of day
simulator-outdoor-is-free = It follows the time of day already
simulator-speed = Speed of time
simulator-time = It is { $time } in the simulated home
simulator-camera-dark = The camera is off or offline and sees nothing
simulator-event-name = { $event } in front of { $device }
simulator-battery-low = Drain the battery
simulator-battery-full = Replace the battery
simulator-lock = Lock
simulator-lock-about = Limits target temperatures to { $low }–{ $high }, as on the device itself
simulator-rush-hour-about = The utility asks to save energy from now on
simulator-take-offline = Take offline
simulator-bring-online = Bring online

## The settings

settings = Settings
as-the-desktop = As the desktop
settings-appearance = Appearance
settings-appearance-about = Follows the desktop unless you choose
settings-light = Light
settings-dark = Dark
settings-contrast = High contrast
settings-motion = Reduced motion
settings-language = Language
settings-tray = Tray
settings-developer = Pages and menus for developers
settings-developer-about = The API console, the document of the home, the simulator, and requests as code.
settings-developer-simulated = In the simulated home
settings-text-size = Text size
settings-text-size-about = Of all texts and controls
settings-scale = Temperatures
settings-scale-about = What Setpoint shows and reads; the thermostats keep their own
settings-scale-own = As the thermostat
settings-accounts = Accounts
accounts-add = Add a home
settings-account-open = open
settings-account-switch = Open { $name }
account-several = { $count } accounts
account-rename = Rename { $name }
account-name-of = Name of { $name }
account-keep-name = Call it { $name }
account-name-empty = An account needs a name
account-name-taken = There is an account called { $name } already
accounts-show = Show the accounts
account-not-shown = not shown just now
account-reconnect = Connect { $name } again
account-sign-in = Sign in to { $name } again
account-sign-out = Sign out of { $name }
account-lacks = { $service } cannot change: { $fields }
account-devices =
    { $count ->
        [0] no devices
        [one] one device
       *[other] { $count } devices
    }
account-line = { $name }: { $line }
accounts-away = { $away } of { $count } accounts not connected
settings-writes-left =
    { $count ->
        [0] The rate limit is reached; changes wait for it
        [one] One change can be sent at once
       *[other] { $count } changes can be sent at once
    }
simulated-home-about = Nobody lives there; for looking around
sign-out = Sign out
open-simulated = Open the simulated home
unseal-title = The token is in a sealed file
connect-title = Connect your home
connect-question = Which thermostat do you have?
connect-hint = Not sure? A thermostat that the Google Home app can control belongs to the first answer.
connect-other = Another thermostat
connect-steps = How it works
connect-google = Nest Thermostat, Thermostat E, Learning Thermostat 3rd or 4th generation
connect-google-about = Also cameras and doorbells. Through Google’s own API: about half an hour, once, and 5 US dollars.
connect-nle = Nest Learning Thermostat, 1st or 2nd generation
connect-nle-about = With the firmware of No Longer Evil, on a server of your own or at nolongerevil.com.
connect-wwn = Another server
connect-wwn-about = One that speaks the Works with Nest API, such as another Setpoint on your network.
connect-nle-step-firmware = Install the firmware of No Longer Evil on the thermostat, as its project describes.
connect-nle-step-own = With a server of your own, type the address of its control port, such as http://192.168.1.10:8082.
connect-nle-step-hosted = At nolongerevil.com, type https://nolongerevil.com and a key of your account there.
connect-wwn-step-server = Type the address of the server. The one of the vendor was switched off in 2023.
connect-wwn-step-token = Paste its access token, or open the rest of the form to sign in on its page.
connect-wwn-step-try = To try it, run “setpoint serve” on this computer: it prints an address and a token.
connect-vendor-is-off = The vendor switched this server off in 2023. For a newer thermostat, go back and choose the first answer.
count-thermostats =
    { $count ->
        [one] one thermostat
       *[other] { $count } thermostats
    }
count-cameras =
    { $count ->
        [one] one camera
       *[other] { $count } cameras
    }
count-protects =
    { $count ->
        [one] one Protect
       *[other] { $count } Protects
    }
connected-title = Your home is here
connected-reading = Reading your home…
connected-nothing = No device yet
connected-open = Show my home
unseal-passphrase = Passphrase of the file
unseal-needs-passphrase = Type the passphrase first
unseal-open = Open the file
sign-in-about-sdm = Google’s API for newer Nest devices. It needs a Device Access project of your own (5 US dollars once), an OAuth client and a Pub/Sub subscription.
google-project = Device Access project
google-project-wrong = That is no Device Access project: its id is a UUID, and not the id of a Cloud project
google-client = OAuth client ID
google-client-wrong = That is no OAuth client: its id ends in .apps.googleusercontent.com
google-secret = OAuth client secret
google-subscription = Pub/Sub subscription
google-subscription-topic = That is a topic; what is wanted is a pull subscription to it
google-subscription-wrong = That is no subscription: it is written projects/…/subscriptions/…
google-port = Port for the browser to come back to
google-port-wrong = That is no port: choose a number from 1 to 65535
google-needs-ids = Type the project and the OAuth client first
google-sign-in = Sign in at Google
google-guide = Set it up at Google, step by step
google-guide-about = It takes about half an hour, once. Use the same Google account on every page: the one that your Nest devices are in.
google-step = Step { $number }: { $title }
google-step-cloud = Make a Cloud project and enable two APIs
google-step-cloud-about = Any name will do; its id, such as my-home-1234, is needed in step 5. Then open both libraries, see that the new project is chosen at the top, and press “Enable” on each.
google-step-consent = Fill in the consent screen and publish it
google-step-consent-about = Choose “External” and fill in only what is required: a logo or further links would start a review. Then, under “Audience”, press “Publish app”. While it stays in testing, Google signs you out every seven days.
google-step-client = Make an OAuth client
google-step-client-about = Kind “Web application”; as authorised redirect URI add exactly { $address }. Copy its id and its secret into the form.
google-step-access = Make a Device Access project
google-step-access-about = Accept the terms and pay 5 US dollars, once. Make a project with the OAuth client ID of step 3; leave events off for now. Its id is a UUID: copy it into the form.
google-step-subscription = Name a subscription for the events
google-step-subscription-about = In the form, type projects/YOUR-PROJECT/subscriptions/nest with the id of step 1. After the sign-in, “Check the set-up” can make it and its topic for you. By yourself: make a topic, grant { $group } the role Pub/Sub Publisher on the topic itself, and add a subscription of the kind “Pull” that never expires.
google-step-sign-in = Sign in and allow everything
google-step-sign-in-about = Google warns that the app is not verified: it is your own, so choose “Advanced” and go on. Tick every device. One that you buy later has to be ticked on the page of your consents.
google-step-check = Check the set-up and make what is missing
google-step-check-about = “Check the set-up” asks Google about each part and says how to put right what is wrong.
google-step-topic = Enter the topic in the Device Access project
google-step-topic-about = There, enable events and enter the full name of the topic, such as projects/YOUR-PROJECT/topics/nest; press “Add & validate”. Without this, Google sends no events.
google-link-new-project = Make a Cloud project
google-link-device-api = Smart Device Management API
google-link-events-api = Cloud Pub/Sub API
google-link-consent = Consent screen
google-link-audience = Audience
google-link-clients = OAuth clients
google-link-access = Device Access console
google-link-topics = Topics
google-link-subscriptions = Subscriptions
google-link-consents = Your consents
google-check = Check the set-up
google-make = Make what is missing
google-make-about = Makes the subscription and its topic in your Cloud project, and lets Google publish on it.
google-checking = Asking Google about each part…
google-well = Everything is in order
google-not-well = Put this right, then check again
google-not-ready = Google let you in, but the set-up is not complete. Put right what is listed here, then sign in once more; you will not be asked for anything again unless it is needed.
google-topic-note = Events come once exactly this topic is in your Device Access project: { $topic }
google-check-client = OAuth client and its secret
google-check-consent = Sign-in and consent
google-check-device-api = Smart Device Management API enabled
google-check-devices = Device Access project and its devices
google-check-events-api = Cloud Pub/Sub API enabled
google-check-subscription = Subscription
google-check-topic = Topic
google-check-publisher = Google may publish on the topic
google-verdict-passed = in order
google-verdict-made = made just now
google-verdict-mind = works, but
google-verdict-failed = not in order
google-verdict-untried = not tried yet
google-finding = { $check }: { $verdict }
google-remedy-client-unknown = Google knows no such OAuth client. Copy the client ID anew, in full; a client that was deleted has to be made again.
google-remedy-client-secret = The secret does not belong to this OAuth client. Open the client, copy its secret, or add a new one, and sign in again.
google-remedy-redirect = The OAuth client does not allow the address that the browser comes back to. Add { $address } to its authorised redirect URIs, exactly so.
google-remedy-sign-in-first = Nobody has signed in with this client yet. Sign in; everything else can be checked after that.
google-remedy-testing = The consent screen is in testing, so Google will sign you out after seven days. Under “Audience”, press “Publish app”, then sign in once more.
google-remedy-ran-out = The sign-in ended after seven days, as it does while the consent screen is in testing. Under “Audience”, press “Publish app”, then sign in again: that one lasts.
google-remedy-ended = Google does not accept the sign-in any more. Sign in again. It ends when the consent is withdrawn, after six months without use, when the client in the Device Access project is changed, and every seven days while the consent screen is in testing.
google-remedy-another-client = The sign-in was made with another OAuth client. Sign in again with this one.
google-remedy-not-all = Not everything was allowed on Google’s page. Sign in again and leave every box ticked: devices and Pub/Sub are both needed.
google-remedy-device-api = The Smart Device Management API is switched off in the Cloud project of the OAuth client. Press “Enable” on its page and wait a few minutes.
google-remedy-events-api = The Cloud Pub/Sub API is switched off in the Cloud project. Press “Enable” on its page and wait a few minutes.
google-remedy-not-yours = Google does not let you into this Device Access project. In its console the project has to name this very OAuth client, and you have to sign in with the Google account that the home belongs to.
google-remedy-no-project = There is no such Device Access project. Copy its id from the console: a UUID, and not the id of the Cloud project.
google-remedy-no-device = No device is allowed yet. Open the page of your consents, choose the project, and tick the home and each device; or sign in again.
google-remedy-no-subscription = No subscription is named, so the devices are only read once a minute and cameras report nothing. Type one and sign in again.
google-remedy-no-such-subscription = There is no such subscription. See that the Cloud project in its name is yours; Setpoint can make it, or make a pull subscription of this name yourself.
google-remedy-subscription-denied = This Google account may not see the subscription. See that the Cloud project in its name is your own, and that you signed in with the account that made it.
google-remedy-not-a-pull = This subscription sends its messages elsewhere. Make another one on the same topic, with delivery type “Pull”, and type its name.
google-remedy-expires =
    { $days ->
        [one] Google deletes the subscription after one day without use. Edit it and set the expiration to “Never”.
       *[other] Google deletes the subscription after { $days } days without use. Edit it and set the expiration to “Never”.
    }
google-remedy-topic-deleted = The topic of this subscription is gone, and no other can be put in its place. Delete the subscription, or choose another name for it, and check again to have both made.
google-remedy-hosted = This topic is Google’s own, and from 30 November 2026 on it gets no more events. Type a subscription of your own, projects/YOUR-PROJECT/subscriptions/nest, sign in again, check, and enter its topic at Device Access. Your consents stay.
google-remedy-topic-denied = This Google account may not see or change the topic. It has to be in a Cloud project of the account that you signed in with.
google-remedy-publisher = Google may not publish on the topic, so no events come. Open the topic, add the principal { $group }, and give it the role Pub/Sub Publisher.
google-remedy-publisher-there = The role was given on the subscription, where it does nothing. Give { $group } the role Pub/Sub Publisher on the topic.
google-remedy-policy-hidden = This account may not see who may publish on the topic. See there that { $group } has the role Pub/Sub Publisher.
google-remedy-wait = Google asks to wait. Check again in a minute.
google-remedy-later = It could not be tried: { $reason }. Check again later.
google-remedy-said = Google refuses it: { $said }
sign-in-open-server = This server has no sign-in: everybody who can reach it can change the heating. Keep it in your own network.
sign-in-proxy-token = Token for a proxy in front of it
sign-in-proxy-token-hint = only if you put one there
sign-in-hosted = That server allows twenty calls a minute: what changes elsewhere is seen a little later. Setpoint knows it from its documentation only.
sign-in-key = Key of your account there
sign-in-needs-key = Type the key first
sign-in-add = Add this server
sign-in-address = Address
sign-in-name = What to call it
sign-in-token = Access token
sign-in-with-token = Sign in with the token
sign-in-otherwise = Sign in with a PIN or in the browser
sign-in-page = Sign-in page
sign-in-token-address = Token address
sign-in-client = Client ID
sign-in-secret = Client secret
sign-in-pin = PIN
sign-in-pin-hint = leave empty for the browser
sign-in-in-browser = Sign in in the browser
sign-in-with-pin = Sign in with the PIN
sign-in-waiting-browser = Waiting for the browser…
sign-in-waiting-service = Asking the service…
sign-in-my-home = My home
sign-in-working = A sign-in is under way
sign-in-needs-address = Type the address first
sign-in-needs-token = Type the token first
sign-in-needs-client = Type the token address and the client ID first
keep-token = Keep the token
keep-keyring = In the keyring
keep-memory = Only while Setpoint runs
keep-sealed = In a sealed file
keep-passphrase = Passphrase
keep-passphrase-hint = seals the file; asked for at each start

## The desktop: tray, closing the window, links

connecting = Connecting…
tray-alarm = Smoke or carbon monoxide
tray-sign-in = Sign in again
tray-warmer = Warmer, to { $value }
tray-cooler = Cooler, to { $value }
tray-cameras = Cameras
tray-undo = Undo: { $what }
tray-nothing-to-undo = Nothing to undo
tray-open = Open Setpoint
tray-launcher = Quick launcher
tray-quit = Quit
tray-gone = This desktop shows no tray at present, so the window is open in its place.
closing-title = Keep Setpoint running?
closing-about = Setpoint can stay in the tray: it shows there what the heating does, and opens with a click. The settings can change this later.
closing-no-tray-title = There is no tray on this desktop
closing-no-tray-about = Without a tray, closing the window ends Setpoint. GNOME shows one with the extension “AppIndicator and KStatusNotifierItem Support”; most other desktops have one in their panel’s settings.
closing-stay = Keep it in the tray
closing-quit = Quit
link-title = A link asks for this
link-about = Nothing is sent before you apply it.
link-name = From a link
left-unsent =
    { $count ->
        [one] one change could not be sent before the end; it is kept and sent at the next start
       *[other] { $count } changes could not be sent before the end; they are kept and sent at the next start
    }
settings-on-close = When the window is closed
settings-on-close-about = In the tray, Setpoint goes on sending what waits.
settings-on-close-ask = Ask
settings-on-close-stay = Stay in the tray
settings-on-close-quit = Quit
settings-tray-scrolls = Wheel over the tray’s icon
settings-tray-scrolls-about = Changes the target temperature of the first pinned thermostat.
launcher-keys = Enter does it · Tab completes · Esc closes
launcher-pinned = Pinned
launcher-first = Devices
pin = Pin to the tray and launcher
rename = Rename
copy-value = Copy the value
context-menu = More about this value
unpin = Unpin

## Starting with the desktop

settings-autostart = Start with the desktop
settings-autostart-about = In the tray, without a window.
autostart-other = Another copy of Setpoint is started: { $command }. Switching this off and on again starts this one.
autostart-sandbox = A Flatpak cannot switch this itself yet; the desktop’s settings have a list of what starts with it.
autostart-platform = Not available on this system yet.
autostart-nowhere = Not available: there is no home folder to save this in.
autostart-foreign = { $file } was not written by Setpoint, so it is left alone. The desktop’s settings can change it.
autostart-unreadable = { $file } cannot be read ({ $why }).
autostart-not-written = { $file } cannot be changed ({ $why }).
autostart-path = A desktop cannot start a program whose path holds such characters: { $file }

## Keys for the launcher

hotkey = Keys for the quick launcher
hotkey-about = They open it from anywhere, while Setpoint runs.
hotkey-choose = Choose…
hotkey-press = Press the keys…
hotkey-remove = Remove
hotkey-nothing-held = Hold Ctrl or Alt as well, so that typing does not open it.
hotkey-unknown = Letters, digits, the space bar and F1 to F12 can be used.
hotkey-escape = Esc keeps it as it was.
hotkey-denied = Another program has these keys, or the desktop does not give them out.
hotkey-unavailable = This desktop gives no keys to programs. Its own settings can start “setpoint launcher” with a key.
hotkey-asking = The desktop is being asked.
hotkey-given = The desktop gave these: { $keys }

## Notifications

notify = Notifications
notify-alarms = Smoke and carbon monoxide
notify-people = A person at a camera
notify-motion = Any movement at a camera
notify-refused = A change that failed
notify-sign-in = A sign-in that is needed
notify-offline = A device offline for ten minutes
notify-cameras-about = The page of a camera can have another choice for that camera.
notify-camera = Notifications
notify-camera-about = What this camera sees while nobody looks at the window.
notify-camera-usual = As in the settings
notify-camera-nothing = Nothing
notify-camera-people = People
notify-camera-movement = People and any movement
notify-quiet = Quiet hours
notify-quiet-from = Quiet from
notify-quiet-until = Quiet until
notify-quiet-about = Only smoke and carbon monoxide are reported then.
notify-not-set = { $device }: { $field } was not set
notify-may-have-arrived = { $device }: { $field } may have been set
notify-expired = The service was unreachable for too long, so the change expired.
notify-burst =
    { $count ->
        [one] One message
       *[other] { $count } messages
    }

## The console

action-console = Send requests to the API
console-pages = Pages for developers
console-requests = API
console-tree = Tree
console-no-account = No account is open
console-no-account-about = Requests can be sent as soon as an account is open. Until then the settings say what is wrong.
console-account = Account
console-method = Method
console-path = Path
console-body = Body, as JSON
console-format = Format
console-format-not-json = Only JSON can be formatted
console-format-is = It is formatted already
console-fields = What can be written here
console-field = Put { $name } into the body
console-stream = As a stream of events
console-stream-about = Goes on until you stop it
console-raw = Raw
console-raw-about = Bypasses the rules, the rate limit and the activity log
console-raw-warning = It is sent as it is: nothing is checked, and there is no undo
console-send = Send
console-send-raw = Send raw
console-stop = Stop
console-left = Bring back what was typed before
console-as-code = As code
console-as-code-not = The request is not complete yet
console-examples = Examples
console-example-read = Read the whole home
console-example-follow = Follow every change
console-example-set = Set { $device } to { $value }
console-answer = Answer
console-answer-none = What the service answers is shown here
console-writing = Being sent under the rules and the rate limit…
console-asking = The request is under way…
console-parts = Which part of the answer
console-body-part = Body
console-events = Events
console-headers = Headers
console-reaction = Effect
console-reaction-none = Nothing has changed in the home since
console-more-changes = And { $count } more
console-was-raw = Sent raw
console-stopped = Stopped
console-cut = The answer was cut at { $megabytes } MB; the rest was not read
console-timed-out = The service did not answer within { $seconds } s
console-done = Done, and shown by the service
console-accepted = Accepted; the service has not shown it yet
console-unconfirmed = Accepted; the service has not shown it yet
console-expired = Expired before it could be sent
console-discarded = Withdrawn
console-superseded = { $what }: a newer change took its place
console-unchanged = { $what }: already set
console-waiting = { $what }: waits, and is sent as soon as it can be
console-receiving = Receiving…
console-empty-body = No body
console-preparing = Making it readable…
console-search = Search in the answer
console-hit-before = Previous hit
console-hit-after = Next hit
console-fold = Fold all
console-unfold = Unfold all
console-copy-body = Copy all
console-copy-bytes = It is not text
console-bytes = { $count } bytes that are not text; the first of them:
console-event-count = { $count } events, the latest first
console-events-dropped = { $count } earlier ones are only counted
console-broken-json = It begins like JSON, but is none: { $why }
json-not-json = no JSON from line { $line }, column { $column } on
json-not-text = no text in UTF-8
json-too-deep = nested deeper than { $levels } levels
json-too-large = too large to be shown
console-lists = Which list of requests
console-history = History
console-collections = Collections
console-history-search = Search requests
console-history-empty = Nothing was sent yet
console-history-clear = Forget the listed requests
console-history-back = Put { $count } back
console-again = Type again: { $what }
console-collections-empty = Nothing is kept yet
console-keep = Keep
console-keep-replace = Replace
console-keep-name = Name
console-keep-collection = Collection
console-keep-unnamed = A request is kept under a name in a collection
console-put-back = Put { $name } back
console-remove = Take { $name } out
console-copy-as-postman = Copy for Postman
console-copy-postman = Copy { $name } as a Postman collection
console-import = Import a Postman collection
console-import-text = Paste the collection here, or drop its file on the window
console-import-take = Import
console-import-empty = Nothing is pasted yet
requests-set-aside = The requests that were sent or kept could not be read. The file was kept as { $path }, and a new one started
requests-stuck = The requests that were sent or kept could not be read, nor the file kept aside ({ $why }): { $path }
requests-not-saved = The list of requests could not be saved: { $why }
holds-degrees = { $low } to { $high }, in steps of { $step }
holds-text = text
holds-text-most = text of at most { $most } letters
problem-leaves = { $path } is no path below the address of the service
problem-not-json = Not valid JSON: line { $line }, column { $column }: { $detail }
problem-body-too-much = { $method } takes no body
problem-body-missing = { $method } needs a body: what to write, as JSON
problem-method = This service knows { $has }, and no { $method }
problem-stream = A stream of events is read with GET
problem-path = There is nothing at { $path }
problem-path-near = There is nothing at { $path }, as far as is known; { $nearest } is there
problem-not-writable = { $path } cannot be written as a whole; write one device or home, or one of its values
problem-read-only = Cannot be written: { $fields }
problem-wrong-kind = A value is of another kind than its field
problem-not-understood = The rules cannot check this request, and the activity log cannot record it; it can only be sent raw

postman-secret = a secret { $where } was not imported
postman-in-sign-in = in the sign-in
postman-in-name = in the name
postman-in-description = in the description
postman-in-address = in the address
postman-in-query = in the query
postman-in-body = in the body
postman-in-header = in the header { $name }
postman-in-variable = in the variable { $name }
postman-sign-in = the sign-in by { $kind } was not imported; the account signs in
postman-no-sign-in = it asks for no sign-in; here the account signs in
postman-script = the script { $name } was not imported
postman-body = the body was not imported: it is { $kind }
postman-form = a form
postman-file = a file
postman-graphql = a query of GraphQL
postman-body-too-much = the body was not imported, as { $method } takes none
postman-body-off = the body, which was switched off, was not imported
postman-header = the header { $name } was not imported
postman-elsewhere = it had another address; here it is sent to the account
postman-header-off = the header { $name }, which was switched off, was not imported
postman-query-off = { $name } in the query, which was switched off, was not imported
postman-description = the description was not imported
postman-examples = the examples of answers were not imported
postman-variable = the variable { $name } has no value and stays unchanged
postman-method = the request was not imported, as { $name } is no method that can be sent here
postman-no-address = the request was not imported, as it has no address
postman-more = more parts were not imported than are listed here
postman-odd = an entry that is neither a request nor a folder was not imported
postman-too-large = The file is larger than 16 MB
postman-no-json = The file is no JSON ({ $why })
postman-old = This is a collection of the format v1; Postman exports it as v2.1 as well
postman-environment = This is an environment of Postman, which holds no requests
postman-no-collection = The file is no collection of Postman: it has no “info” and “item”
