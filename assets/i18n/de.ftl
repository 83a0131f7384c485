# Die Texte des Fensters auf Deutsch. Englisch ist das Maß: ein Test vergleicht die Sprachen.
# Werte wie Temperaturen und Zeiten kommen so, wie man sie in der Sprache schreibt.

## Words

on = Ein
off = Aus
yes = ja
no = nein
unknown = unbekannt
save = Speichern
cancel = Abbrechen
cancel-what = Abbrechen: { $what }
close = Schließen
open = Öffnen
undo = Rückgängig
redo = Wiederherstellen
retry = Wiederholen
dismiss = Ausblenden
apply = Anwenden
back = Zurück
quoted = „{ $text }“
percent = { $value } %
thermostat = Thermostat
camera = Kamera
protect = Protect
structure = Zuhause
simulated-home = Simuliertes Zuhause

## Units and times

degrees-celsius = { $degrees } Grad Celsius
degrees-fahrenheit = { $degrees } Grad Fahrenheit
value-none = leer
value-cancelled = abgesagt
value-from = ab { $low }
value-to = bis { $high }
duration-min = { $minutes } min
duration-h = { $hours } h
duration-h-min = { $hours } h { $minutes } min
time-about = etwa { $time }
time-under = unter { $time }
time-learning = lernt noch
time-over = über { $time }
date-time = { $day }. { $month } { $time }
month-short =
    { $month ->
        [1] Jan.
        [2] Feb.
        [3] März
        [4] Apr.
        [5] Mai
        [6] Juni
        [7] Juli
        [8] Aug.
        [9] Sept.
        [10] Okt.
        [11] Nov.
       *[12] Dez.
    }

## Values that can be set

field-away = Anwesenheit
field-name = Name
field-eta = Erwartete Ankunft
field-scale = Anzeige des Thermostats
field-target = Zieltemperatur
field-range = Zielbereich
field-mode = Modus
field-fan = Lüfter
field-fan-duration = Lüfterlaufzeit
field-label = Bezeichnung
field-streaming = Kamera
mode-heat = Heizen
mode-cool = Kühlen
mode-heat-cool = Heizen · Kühlen
mode-eco = Eco
mode-off = Aus
away-home = Zuhause
away-away = Abwesend

## What a thermostat does

doing-heating = Heizt
doing-heating-to = Heizt auf
doing-cooling = Kühlt
doing-cooling-to = Kühlt auf
doing-holding = Hält
doing-idle = Ruht
dial-state = Raum { $room }, { $doing }
doing-eco-between = Eco { $limits }
offline = Offline
offline-since = Offline seit { $time }
last-connection = zuletzt verbunden { $time }
saves-energy = Spart Energie

## The chart

weekday-short =
    { $weekday ->
        [1] Mo
        [2] Di
        [3] Mi
        [4] Do
        [5] Fr
        [6] Sa
       *[7] So
    }
chart-weekday-day = { $weekday } { $day }.
chart-day-month = { $day }. { $month }
chart-full-day = { $weekday } { $day }
duration-s = { $seconds } s
chart-today = Heute
chart-yesterday = Gestern
chart-period = Zeitraum
chart-day = Tag
chart-week = Woche
chart-month = Monat
chart-year = Jahr
chart-earlier = Früher
chart-later = Später
chart-newest = Das ist die neueste Zeit
chart-dates = Tage wählen
chart-from = Von
chart-to = Bis
chart-show = Zeigen
chart-no-date = Schreiben Sie einen Tag wie { $day }, einen Monat oder ein Jahr
chart-dates-order = Der erste Tag liegt nach dem letzten
chart-dates-long = Höchstens zwanzig Jahre lassen sich zeigen
chart-dates-future = Der erste Tag kommt erst noch
chart-no-data = keine Daten
chart-reading = Der Verlauf wird gelesen …
chart-failed = Der Verlauf kann nicht gelesen werden: { $reason }
chart-empty = Von dieser Zeit ist nichts bekannt
chart-room = Raum { $low } bis { $high }
chart-heated = { $time } geheizt
chart-cooled = { $time } gekühlt
chart-away = { $time } abwesend
chart-eco = { $time } Eco
chart-changes = { $count } Änderungen
chart-changes-more = { $count } Änderungen oder mehr
chart-no-gap = lückenlos
chart-gap = eine Lücke von { $time }
chart-gaps = { $count } Lücken, zusammen { $time }
chart-said = { $device }, { $span }: { $facts }
chart-keys = Die Pfeiltasten lesen die Werte vor. Bild auf und Bild ab zeigen die Zeit davor und danach, Plus und Minus vergrößern und verkleinern.
chart-at-room = Raum { $degrees }
chart-at-low = heizt auf { $degrees }
chart-at-high = kühlt auf { $degrees }
chart-at-outdoor = draußen { $degrees }
chart-at-humidity = Feuchte { $percent }
chart-outdoor = Draußen zeigen
chart-humidity = Feuchte zeigen
chart-as-table = Als Tabelle zeigen
chart-as-chart = Als Diagramm zeigen
chart-copy = Als CSV kopieren
chart-copy-about = Die Zeilen der Tabelle, für eine Tabellenkalkulation
chart-column-time = Zeit
chart-column-room = Raum
chart-column-heated = Geheizt
chart-column-cooled = Gekühlt
chart-column-outdoor = Draußen
chart-column-known = Bekannt

## Files that are saved

chart-picture = Als Bild speichern
file-saved = Gespeichert als { $path }
file-not-saved = Nicht gespeichert: { $why }

## The history and exports of Google

history-file = der Verlauf kann nicht geöffnet werden: { $why }
history-full = die Festplatte ist voll; nichts wurde geändert
history-locked = ein anderes Programm schreibt in den Verlauf; versuchen Sie es danach noch einmal
history-read-only = der Verlauf kann nicht geändert werden: seine Datei oder ihr Ordner ist schreibgeschützt
history-newer = den Verlauf hat ein neueres Setpoint geschrieben (Version { $version } seiner Datei), also lässt ihn dieses in Ruhe
history-damaged = die Datei des Verlaufs ist beschädigt
history-no-device = im Verlauf gibt es kein Thermostat „{ $name }“; `setpoint history info` zählt sie auf
history-several = „{ $name }“ kann { $among } sein; nennen Sie mehr vom Namen
history-circle = { $one } zählt schon zu { $other }, also können beide nicht verbunden werden
history-other = der Verlauf ist nicht benutzbar: { $why }
export-file = { $path }: { $why }
export-zip = { $path } lässt sich nicht lesen: { $why }. Wenn der Download abgebrochen ist, wiederholen Sie ihn
export-too-large = { $path } wird entpackt viel größer als ein Export, also wurde nichts davon übernommen
export-too-many = { $path } hat mehr als { $most } Dateien
export-nothing = in { $path } steht nichts von einem Thermostat: ein Export hat HvacRuntime.jsonl, …-sensors.csv oder …-summary.json
line-long = Die Zeile ist länger als { $most } Bytes
line-not-text = Die Zeile ist kein Text
line-no-object = Das ist kein Objekt mit den Werten eines Intervalls: { $why }
line-no-summary = Das ist keine Übersicht von Tagen: { $why }
line-day = { $day }: { $why }
line-missing = { $field } fehlt
line-no-id = device_id ist keine Kennung eines Thermostats
line-value = { $field } ist { $value }
line-no-time = { $text } ist keine Zeit
line-order = Das Intervall endet vor seinem Beginn
line-no-run = Ein Lauf hat keinen Beginn oder keine Länge
line-width = Kein Intervall dauert { $width } s
line-out-of-time = Von dieser Zeit kann kein Thermostat berichten
line-seconds = { $seconds } s passen nicht in { $width } s
line-future = Das Intervall liegt in der Zukunft
line-devices = Der Export hat mehr als { $most } Thermostate
import-cancelled = der Import wurde abgebrochen, und nichts wurde übernommen
import-several = der Export erzählt von mehreren Thermostaten ({ $names }); importieren Sie ihn ohne --device, dann mit `setpoint history join`

## Schedules

schedule-problem = { $place }: { $why }
schedule-place-file = die Datei
schedule-place-level = Stufe „{ $name }“
schedule-place-schedule = Zeitplan „{ $name }“
schedule-place-thermostat = Thermostat „{ $name }“
schedule-place-dates = Zeitraum „{ $name }“
schedule-place-rule = Regel „{ $name }“
schedule-place-limits = die Grenzen
schedule-place-coordinates = der Ort
schedule-place-entry = Eintrag { $number } von „{ $table }“
schedule-not-toml = Zeile { $line } ist fehlerhaft: { $why }
schedule-set-aside = sie war beschädigt; sie bleibt als { $path } erhalten, und eine neue beginnt
schedule-stuck = { $path } ist beschädigt und kann nicht umbenannt werden: { $why }
schedule-newer = eine neuere Version von Setpoint hat sie geschrieben
schedule-unknown-key = „{ $key }“ ist nicht bekannt; bekannt sind { $known }
schedule-missing = „{ $key }“ fehlt
schedule-wrong-kind = „{ $key }“ hat einen Wert von anderer Art als erwartet
schedule-bad-name = ein Name hat 1 bis { $most } darstellbare Zeichen
schedule-name-taken = der Name ist schon vergeben
schedule-too-many = es sind mehr als { $most }
schedule-no-temperature = „{ $text }“ ist kein Sollwert; er liegt zwischen 9 und 32 °C oder 50 und 90 °F
schedule-crossed = das Heizen würde über der Temperatur zum Kühlen beginnen
schedule-no-setpoint = sie hat weder einen Sollwert zum Heizen noch einen zum Kühlen
schedule-no-start-text = „{ $text }“ ist kein Beginn; schreiben Sie eine Zeit und eine Stufe, wie 06:30 Home
schedule-no-time = „{ $text }“ ist keine Uhrzeit; schreiben Sie sie als 06:30
schedule-no-level = es gibt keine Stufe „{ $level }“
schedule-same-time = { $day } hat zwei Anfänge um { $time }
schedule-no-start = es gibt an keinem Tag einen Beginn
schedule-no-schedule = es gibt keinen Zeitplan „{ $schedule }“
schedule-no-date = „{ $text }“ ist kein Datum; schreiben Sie es als 2026-12-20
schedule-backwards = der letzte Tag liegt vor dem ersten
schedule-no-thermostat = es gibt kein Thermostat „{ $name }“ oder mehr als eines
rule-no-number = { $text } ist keine passende Zahl
rule-no-word = „{ $text }“ ist nicht bekannt; bekannt sind { $known }
rule-no-span = „{ $text }“ ist keine Zeitspanne bis zu einer Woche; schreiben Sie 10 min oder 2 h
rule-bad-text = der Text von „{ $key }“ muss 1 bis { $most } darstellbare Zeichen haben
rule-no-device = es gibt hier kein „{ $name }“ oder mehr als eines
rule-bad-command = „{ $command }“: { $why }
rule-beyond-limits = { $setpoint } liegt außerhalb der Grenzen aller Regeln, { $lowest } bis { $highest }
rule-no-preset = es gibt keine Szene „{ $name }“
rule-no-humidity = { $name } meldet keine Luftfeuchte
rule-not-in-settings = die Einstellungen haben kein „{ $name }“
rule-no-place = Sonnenauf- und -untergang brauchen einen Ort; geben Sie Breite und Länge an
rule-no-device-of-trigger = „{"{"}device{"}"}“ braucht Auslöser, die von einem Gerät handeln
rule-the-device = dasselbe Gerät
rules = Regeln
automation-pages = Zeitplan oder Regeln
rule-new = Neue Regel
rule-undo = Die letzte Änderung der Regeln rückgängig machen
rule-edit = Bearbeiten
rule-edit-of = { $rule } bearbeiten
rule-try-of = { $rule } an den letzten 30 Tagen erproben
rule-remove-of = { $rule } entfernen
rule-line-when = Wenn: { $what }
rule-line-or = oder: { $what }
rule-line-if = falls: { $what }
rule-line-and = und: { $what }
rule-line-then = dann: { $what }
rule-last = Zuletzt { $time }: { $reason }
rule-never = Sie hat noch nichts getan.
rule-off = Sie ist aus.
rule-log = Was die Regeln getan haben
rule-act-held = { $name }: { $value } bis { $time }
rule-act-resume = { $name }: Halten beendet
rule-act-end-eco = { $name }: Eco beendet
rule-act-notify = benachrichtigt
rule-act-program = Programm { $name }
rule-act-request = Anfrage { $name }
rule-outcome-open = unterwegs
rule-outcome-unconfirmed = angenommen, noch nicht angezeigt
rule-outcome-may-have-arrived = kam vielleicht an
rule-outcome-refused = abgelehnt: { $why }
rule-outcome-superseded = jemand wählte inzwischen einen anderen Wert
rule-holds = traf zu: { $condition }
rule-holds-not = traf nicht zu: { $condition }
rule-holds-unknown = nicht bekannt: { $condition }
rule-none = Noch keine Regel
rule-none-about = Eine Regel handelt von selbst: wenn etwas geschieht und falls Bedingungen zutreffen. Beginnen Sie mit einer von diesen; jede lässt sich bearbeiten und an den letzten 30 Tagen erproben.
rule-templates = Weitere Vorlagen
rule-template-add = Hinzufügen
rule-template-add-of = Die Regel { $name } hinzufügen
rule-template-save-energy-about = Thermostate gehen auf Eco, außer denen, die aus sind.
rule-template-amiss-about = Eine Benachrichtigung bei Rauch, Kohlenmonoxid, Frost, Heizen oder Kühlen ohne Wirkung, Geräten, die offline bleiben, fehlgeschlagenen Änderungen und Konten, die eine neue Anmeldung brauchen.
rule-template-welcome-about = Eco und das Halten durch Regeln enden, und der Modus von vorher kommt zurück.
rule-template-night-about = Thermostate nehmen um 22:30 die Komfortstufe zum Schlafen an.
rule-template-window-about = Ein Raum, der in Minuten auskühlt, wird nur auf 10 °C geheizt, eine Stunde lang oder bis er wieder wärmer wird.
rule-limits = Grenzen und Ort
rule-limits-about = Keine Regel überschreitet die Grenzen. Sonnenauf- und -untergang sind die des Ortes, in Grad Nord und Ost.
rule-limits-crossed = Der niedrigste Sollwert läge über dem höchsten
rule-lowest = Niedrigster
rule-highest = Höchster
rule-latitude = Breite
rule-longitude = Länge
rule-tried-nothing = In den letzten 30 Tagen wurde nichts aufgezeichnet
rule-tried =
    { $acted ->
        [0] In den letzten 30 Tagen hätte sie nicht gehandelt
        [one] In den letzten 30 Tagen hätte sie einmal gehandelt, { $against ->
            [0] und niemand wählte bald danach anders
            [one] und einmal wählte jemand bald danach anders
           *[other] und { $against }-mal wählte jemand bald danach anders
        }
       *[other] In den letzten 30 Tagen hätte sie { $acted }-mal gehandelt, { $against ->
            [0] und niemand wählte bald danach anders
            [one] und einmal wählte jemand bald danach anders
           *[other] und { $against }-mal wählte jemand bald danach anders
        }
    }
rule-tried-on =
    Aufgezeichnet seit { $time }. { $skipped ->
        [0] Einen weiteren Anlass gab es nicht.
        [one] Ein weiterer Anlass hätte zu nichts geführt.
       *[other] { $skipped } weitere Anlässe hätten zu nichts geführt.
    }
rule-tried-unseen = Der Verlauf enthält keine fehlgeschlagenen Änderungen und keine Anmeldungen; diese Auslöser werden nicht erprobt.
rule-tried-against = { $time }: { $by } stellte { $name } auf { $chosen }, nach { $planned } um { $acted }
rule-trial-close = Die Probe schließen
rule-name = Name
rule-section-when = Wenn
rule-section-if = Falls
rule-section-then = Dann
rule-add-trigger = Einen Auslöser hinzufügen
rule-add-condition = Eine Bedingung hinzufügen
rule-add-action = Eine Handlung hinzufügen
rule-remove-part = Entfernen: { $what }
rule-needs-parts = Eine Regel braucht einen Auslöser und eine Handlung
rule-save = Die Regel speichern
rule-cancel = Die Änderungen der Regel verwerfen
rule-late = Zulässige Verspätung
outside-programs = Programme für Regeln
outside-programs-about = Eine Regel darf eines davon starten. Es erhält die Argumente unverändert, ohne Shell und ohne Token, und wird nach 30 s beendet. SETPOINT_RULE, SETPOINT_DEVICE und SETPOINT_REASON sagen ihm, warum.
outside-path = Programm, mit ganzem Pfad
outside-arguments = Argumente, eines je Zeile
outside-add-program = Das Programm hinzufügen
outside-requests = Anfragen für Regeln
outside-requests-about = Eine Regel darf eine davon über HTTP senden, etwa an einen eigenen Server. Kein Token eines Kontos geht mit, und keiner Weiterleitung wird gefolgt.
outside-url = Adresse
outside-body = Inhalt (POST und PUT); wenn leer, der Anlass als JSON
outside-method = Methode
outside-add-request = Die Anfrage hinzufügen
outside-not-absolute = Schreiben Sie den ganzen Pfad des Programms, wie /usr/bin/notify-send
outside-no-file = An diesem Pfad ist keine Datei
outside-too-long = Das ist zu lang
outside-no-address = Das ist keine Webadresse: schreiben Sie http://… oder https://…
rule-outside-about = Programme und Anfragen werden in den Einstellungen unter Regeln eingetragen.
rule-rate = Höchstens so oft je Stunde
rule-device = Gerät
rule-home = Zuhause
rule-any-home = irgendein Zuhause
rule-account = Konto
rule-any-account = irgendein Konto
rule-side = Über oder unter
rule-above = über
rule-below = unter
rule-threshold = Schwelle
rule-lasts = Wie lange
rule-at-once = sofort
rule-sunrise = Sonnenaufgang
rule-sunset = Sonnenuntergang
rule-offset = Vorher oder nachher
rule-no-offset = genau dann
rule-before = { $time } vorher
rule-after = { $time } nachher
rule-then-notify-why = den Grund als Benachrichtigung zeigen
rule-left-alone = { $count } unverändert gelassen
rule-try = An 30 Tagen erproben
rule-sees-person = sieht eine Person
rule-sees-motion = sieht eine Bewegung
rule-hears-sound = hört ein Geräusch
rule-sees-anything = sieht oder hört etwas
rule-danger-any = Rauch oder Kohlenmonoxid
rule-danger-smoke = Rauch
rule-danger-co = Kohlenmonoxid
rule-phase = Beginn oder Ende
rule-begins = beginnt
rule-is-over = ist vorbei
rule-from = Von
rule-to = Bis
rule-is-online = ist online
rule-is-offline = ist offline
rule-is-on = ist an
rule-is-off = ist aus
rule-command-about = Wie in der Befehlspalette: all eco, hallway 21, hallway 21 for 2h. { "{" }device{ "}" } ist das Gerät des Auslösers.
rule-notify-about = { "{" }why{ "}" } ist der Grund in Worten, { "{" }device{ "}" } das Gerät des Auslösers.
rule-kind-presence = Zuhause oder abwesend
rule-kind-arrival = Ankunft
rule-kind-time = Uhrzeit
rule-kind-sun = Sonnenauf- oder -untergang
rule-kind-room = Raumtemperatur
rule-kind-humidity = Luftfeuchte
rule-kind-camera = Kameraereignis
rule-kind-alarm = Rauch- oder CO-Alarm
rule-kind-offline = Gerät offline
rule-kind-no-effect = Heizen oder Kühlen ohne Wirkung
rule-kind-window = Offenes Fenster
rule-kind-signed-out = Konto abgemeldet
rule-kind-failed = Fehlgeschlagene Änderung
rule-kind-between = Zeitspanne
rule-kind-dates = Zeitraum
rule-kind-mode = Modus
rule-kind-online = Gerät online
rule-kind-camera-on = Kamera an
rule-kind-command = Befehl
rule-kind-level = Komfortstufe
rule-kind-end-eco = Eco beenden
rule-kind-resume = Halten beenden
rule-kind-preset = Szene
rule-kind-notify = Benachrichtigung
rule-kind-program = Programm
rule-kind-request = Anfrage
rule-chases = die Regeln „{ $one }“ und „{ $other }“ lösen sich gegenseitig aus und würden sich abwechseln
as-text = Als Text
schedule-as-text-about = Alle Stufen, Zeitpläne und Zeiträume, zum Aufbewahren oder Weitergeben. Importierte Einträge ersetzen die desselben Namens.
rule-as-text-about = Alle Regeln, zum Aufbewahren oder Weitergeben. Eine importierte Regel ersetzt die desselben Namens.
as-text-copy = Kopieren
as-text-copied = Kopiert
as-text-field = Text zum Importieren
as-text-hint = Text hier einfügen
as-text-take = Importieren
as-text-empty = Es ist noch kein Text da
as-text-nothing = Darin ist nichts Neues
as-text-taken = Importiert
rule-any-room = ein Raum
rule-any-thermostat = ein Thermostat
rule-any-camera = eine Kamera
rule-any-alarm = ein Rauchmelder
rule-any-device = ein Gerät
rule-all-thermostats = alle Thermostate
rule-days-all = täglich
rule-days-work = Montag bis Freitag
rule-days-weekend = Samstag und Sonntag
rule-days-list = { $days }, { $day }
rule-for = { $what }, { $time } lang
rule-room-above = { $of } ist wärmer als { $value }
rule-room-below = { $of } ist kälter als { $value }
rule-humidity-above = { $of } ist feuchter als { $percent } %
rule-humidity-below = { $of } ist trockener als { $percent } %
rule-offline = { $of } ist offline
rule-when-away = alle sind gegangen
rule-when-away-of = alle haben { $home } verlassen
rule-when-home = jemand kommt nach Hause
rule-when-home-of = jemand kommt nach { $home }
rule-when-arrival = eine Ankunft wird angekündigt
rule-when-arrival-of = eine Ankunft in { $home } wird angekündigt
rule-when-time = um { $time }, { $days }
rule-when-sunrise = bei Sonnenaufgang, { $days }
rule-when-sunset = bei Sonnenuntergang, { $days }
rule-when-before-sunrise = { $time } vor Sonnenaufgang, { $days }
rule-when-before-sunset = { $time } vor Sonnenuntergang, { $days }
rule-when-after-sunrise = { $time } nach Sonnenaufgang, { $days }
rule-when-after-sunset = { $time } nach Sonnenuntergang, { $days }
rule-when-person = { $of } sieht eine Person
rule-when-motion = { $of } sieht eine Bewegung
rule-when-sound = { $of } hört ein Geräusch
rule-when-anything = { $of } sieht oder hört etwas
rule-when-smoke = { $of } meldet Rauch
rule-when-co = { $of } meldet Kohlenmonoxid
rule-when-alarm = { $of } meldet Rauch oder Kohlenmonoxid
rule-when-smoke-over = { $of } meldet keinen Rauch mehr
rule-when-co-over = { $of } meldet kein Kohlenmonoxid mehr
rule-when-alarm-over = der Alarm ist vorbei: { $of }
rule-when-no-effect = { $of } heizt oder kühlt ohne Wirkung
rule-when-window-open = { $of } kühlt schnell aus, wie bei offenem Fenster
rule-when-window-closed = { $of } wird wieder warm, wie bei geschlossenem Fenster
rule-when-signed-out = ein Konto braucht eine neue Anmeldung
rule-when-signed-out-of = das Konto { $account } braucht eine neue Anmeldung
rule-when-failed = eine Änderung wurde abgelehnt oder nie gesendet
rule-when-failed-of = eine Änderung von { $name } wurde abgelehnt oder nie gesendet
rule-if-away = alle sind abwesend
rule-if-away-of = in { $home } ist niemand
rule-if-home = jemand ist zu Hause
rule-if-home-of = in { $home } ist jemand
rule-if-between = zwischen { $from } und { $to }, { $days }
rule-if-dates = vom { $first } bis { $last }
rule-if-mode = { $of } ist im Modus { $mode }
rule-if-online = { $of } ist online
rule-if-camera-on = { $of } ist an
rule-if-camera-off = { $of } ist aus
rule-then-command = „{ $command }“ ausführen
rule-then-level = { $of } auf { $level } stellen
rule-then-end-eco = Eco beenden: { $of }
rule-then-resume = Halten beenden: { $of }
rule-then-preset = die Szene { $name } anwenden
rule-then-notify = benachrichtigen: { $text }
rule-then-program = das Programm { $name } starten
rule-then-request = die Anfrage { $name } senden
rule-template-save-energy = Energie sparen, wenn alle gegangen sind
rule-template-amiss = Benachrichtigen, wenn etwas nicht stimmt
rule-template-welcome = Willkommen zu Hause
rule-template-night = Nacht
rule-template-window = Heizpause bei offenem Fenster
rule-template-window-over = Wieder heizen, wenn das Fenster zu ist
schedule-warning-close = { $first } und { $second } liegen weniger als eine Viertelstunde auseinander
schedule-warning-gap = { $level }: Heizen und Kühlen liegen weniger als { $gap } auseinander, was im Modus Heizen und Kühlen nicht geht
schedule-warning-limits = { $level }: { $setpoint } liegt außerhalb dessen, was das Thermostat jetzt erlaubt: { $low } bis { $high }
schedule-warning-no-heat = { $level } hat keinen Sollwert zum Heizen
schedule-warning-no-cool = { $level } hat keinen Sollwert zum Kühlen

## Runs of schedules and holds

run-other-mode = das Thermostat war in einem anderen Modus als vor dem Halten
run-beyond-limits = der Sollwert liegt außerhalb der Grenzen aller Regeln
run-too-cold = der Raum ist zu kalt, um ohne Heizung zu sein, oder seine Temperatur ist nicht bekannt
rule-skip-not-so = eine Bedingung war nicht erfüllt
rule-skip-unknown = ob eine Bedingung erfüllt war, war nicht bekannt
rule-skip-missed = es war vorbei, bevor die Regel handeln konnte; sie hatte zu oft gehandelt oder auf ein Thermostat gewartet
rule-skip-late = es war zu spät: Setpoint lief nicht, der Computer schlief, die Regel hatte zu oft gehandelt, oder ihre Geräte waren nicht erreichbar
rule-skip-late-several = { $count } Anlässe waren zu spät: Setpoint lief nicht, der Computer schlief, die Regel hatte zu oft gehandelt, oder ihre Geräte waren nicht erreichbar
rule-skip-by-rule = die Regel „{ $rule }“ hat es bewirkt, und Regeln lösen einander nicht aus
run-start-skipped = { $name }: { $level } wurde nicht eingestellt
run-hold-over = { $name }: das Halten endete ohne Änderung
run-already-so = das Thermostat zeigte diesen Wert schon
run-changed-by-hand = jemand hatte ihn von Hand geändert
run-held = der Wert wurde gehalten
run-asleep = das Programm lief nicht, oder der Computer schlief
run-asleep-several = das Programm lief nicht, oder der Computer schlief: { $count } Anfänge vergingen
run-offline = das Thermostat war nicht erreichbar
run-not-sent = es wurde nicht gesendet
run-no-setpoint = das Thermostat hatte in seinem Modus keinen Sollwert
run-lacks-level = die Stufe hat keinen Sollwert für den Modus
run-nothing-before = der Wert von vorher ist nicht bekannt
run-other-value = das Thermostat hatte nicht mehr den gehaltenen Wert

## The schedule page

schedule-try = An den letzten 30 Tagen erproben
simulated-try = An einem simulierten Tag testen
simulated-try-of = { $rule } an einem simulierten Tag testen
simulated-runs =
    { $count ->
        [1] Simulierter Tag, { $time }: einmal gehandelt
       *[other] Simulierter Tag, { $time }: { $count }-mal gehandelt
    }
simulated-over =
    { $count ->
        [1] Der simulierte Tag ist vorbei: einmal gehandelt
       *[other] Der simulierte Tag ist vorbei: { $count }-mal gehandelt
    }
simulated-about = Eine Kopie Ihres Zuhauses an einem Wintertag, 600-mal so schnell, mit den anderen eingeschalteten Regeln. Nichts erreicht Ihre Geräte, und kein Programm wird gestartet.
simulated-progress = Vergangener Teil des Tages
simulated-room = { $name }: { $room } im Raum; der Sollwert ist gestrichelt
simulated-pause = Anhalten
simulated-go-on = Weiter
simulated-to-the-end = Bis zum Ende des Tages
simulated-started = { $level } beginnt: { $value }
simulated-no-setpoint = kein Sollwert in diesem Modus
simulated-hold-ended = { $name } wird nicht mehr gehalten: { $value }
simulated-leaves = Alle verlassen { $name }
simulated-returns = Jemand kommt nach Hause: { $name }
simulated-window-opens = Ein Fenster wird geöffnet: { $name }
simulated-window-closes = Das Fenster wird geschlossen: { $name }
simulated-person = Eine Person vor { $name }
simulated-offline = { $name } ist nicht erreichbar
simulated-online = { $name } ist wieder erreichbar
simulated-smoke = { $name } warnt vor Rauch
simulated-smoke-over = { $name } ist wieder ruhig
schedule-try-no-history = Es gibt keine Vergangenheit, an der er erprobt werden könnte
schedule-try-reading = Die Vergangenheit wird gelesen …
schedule-tried = In den letzten 30 Tagen hätte er { $sets } Werte eingestellt, und { $against } Änderungen von Hand wollten einen anderen
schedule-tried-without = Bei { $count } Anfängen hätte das Thermostat in seinem jetzigen Modus keinen Sollwert gehabt
schedule-tried-on = Das beruht auf { $changes } aufgezeichneten Änderungen von Hand und auf dem jetzigen Modus
schedule-tried-against = { $time }: { $chosen } durch { $by }, statt { $level }, { $planned }
schedule = Zeitplan
action-schedule = Wochenpläne
action-rules = Regeln
schedule-empty = Kein Thermostat
schedule-empty-about = Ein Zeitplan stellt die Temperatur eines Thermostats über die Woche ein.
schedule-week = Woche
schedule-table = Tabelle
schedule-form = Form
schedule-undo = Die letzte Änderung der Zeitpläne rückgängig machen
schedule-nothing-to-undo = Nichts wurde geändert
schedule-none = Noch kein Zeitplan
schedule-none-about = Eine Woche aus benannten Stufen wie Zuhause und Schlafen: An jedem Beginn bekommt das Thermostat die Temperatur der Stufe, bis zum nächsten Beginn. Nichts wird eingestellt, bevor Sie ihn einschalten.
schedule-begin = Mit einer üblichen Woche beginnen
schedule-first = Meine Woche
level-home = Zuhause
level-away = Abwesend
level-sleep = Schlafen
schedule-shown = Gezeigter Zeitplan
schedule-new = Neu
schedule-new-name = Neuer Zeitplan als Kopie von diesem
schedule-new-default = Neuer Zeitplan
schedule-rename = { $name } umbenennen
schedule-delete = { $name } löschen
schedule-name = Name des Zeitplans
schedule-save-name = Den Namen des Zeitplans speichern
schedule-name-in-use = Dieser Name ist vergeben; wählen Sie einen anderen
schedule-active = Aktiv für { $name }
schedule-active-about = Stellt ein, was jetzt gilt, und ab jetzt jeden Beginn
schedule-kept-here = Dieser Computer führt den Zeitplan: Er muss wach sein, und Setpoint muss laufen. Der eigene Zeitplan des Thermostats läuft weiter und kann ihn übersteuern; schalten Sie ihn in dessen App aus.
device-keeps = { $name } führt den Zeitplan selbst
device-kept-there = Der Thermostat führt den Zeitplan, auch wenn dieser Computer aus ist, und dieses Programm sendet zu den Startzeiten keine Sollwerte: Eine Änderung von Hand oder ein gehaltener Wert gilt höchstens bis zur nächsten. Er kennt nur die Woche, keine anderen Tage. Solange er lernt, kann er Startzeiten hinzufügen.
device-now = { $value } nach dem eigenen Zeitplan des Thermostats
device-next = { $value } ab { $time }
device-title = Was { $name } führt
device-none = { $name } hat noch keinen Zeitplan gesendet
device-unread = Der Zeitplan ist nicht lesbar: { $why }
device-left-out = { $count } Einträge sind unverständlich und fehlen hier; eine Sicherung bewahrt sie
device-days = { $from } bis { $to }
device-same = { $name } führt diese Woche
device-put = Diese Woche auf { $name } übertragen
device-put-short = Übertragen
device-put-about = Ersetzt die ganze Woche des Thermostats; die vorige wird aufgehoben
device-wait = Warten Sie, bis sein Zeitplan gelesen ist
device-busy = Warte auf den Server…
device-replaced = { $name } hat die neue Woche und folgt ihr nach der nächsten Verbindung
device-unchanged = { $name } führte diese Woche bereits
device-again = Neu lesen
device-again-name = Den Zeitplan von { $name } neu lesen
device-take = Als Zeitplan übernehmen
device-take-name = Woche von { $name }
device-take-left-out = { $count } Startzeiten fehlen: Es sind zu viele
device-take-full = Nichts wurde übernommen: Für weitere Stufen oder Zeitpläne ist kein Platz
device-take-rounded = { $count } Sollwerte sind auf die Schritte der Stufen gerundet
device-backup-left-out = { $count } Einträge sind unverständlich und werden nicht zurückgeholt
device-backups = Frühere Wochen, zur Zeit ihrer Ersetzung
device-backup = { $time }: { $starts } Startzeiten
device-backup-empty = Keine Startzeit davon ist verständlich, oder es gab keine
device-put-back = Zurückholen
device-put-back-name = Die Woche von vor { $time } zurückholen
device-schedule-unread = Nichts wurde geändert: Der jetzige Zeitplan ist nicht lesbar ({ $why })
device-schedule-no-backup = Nichts wurde geändert: Der jetzige Zeitplan lässt sich nicht sichern ({ $why })
device-schedule-changed = Nichts wurde geändert: Der Zeitplan am Thermostat hat sich inzwischen geändert; sehen Sie ihn noch einmal an
device-schedule-refused = Der Zeitplan wurde nicht ersetzt: { $why }
device-schedule-open = Der Zeitplan wurde gesendet; ob er gespeichert wurde, ist nicht bekannt ({ $why }). Lesen Sie ihn noch einmal
device-schedule-stored-other = Der Dienst hat den Zeitplan angenommen und speichert einen anderen; lesen Sie ihn noch einmal
schedule-starting = Aktiv; was gilt, ist noch nicht bekannt
schedule-not-active = Dieser Zeitplan ist hier nicht aktiv
schedule-late =
    { $count ->
        [one] Innerhalb eines Tages kam ein Beginn { $minutes } min zu spät.
       *[other] Innerhalb eines Tages kamen { $count } Anfänge bis zu { $minutes } min zu spät.
    }
schedule-missed =
    { $count ->
        [one] Innerhalb eines Tages verging ein Beginn, während das Programm nicht lief oder der Computer schlief.
       *[other] Innerhalb eines Tages vergingen { $count } Anfänge, während das Programm nicht lief oder der Computer schlief.
    }
schedule-keys = Ziehen Sie einen Beginn, oder gehen Sie mit Tab zu ihm und nehmen Sie die Pfeile (15 min; mit Umschalt 1 h); Entf löscht ihn. Ein Wert gilt bis zum nächsten Beginn, und Sonntag läuft in Montag über.
schedule-add-on = Einen Beginn am { $day } hinzufügen
schedule-start = { $day } { $time }, { $level }, { $value }
schedule-start-time = Zeit des Beginns am { $day } um { $time }
schedule-start-level = Stufe am { $day } um { $time }
schedule-start-remove = Den Beginn am { $day } um { $time } entfernen
schedule-time-taken = Dieser Tag hat schon einen Beginn um { $time }
schedule-last-start = Ein Zeitplan braucht mindestens einen Beginn
schedule-copy = { $day } kopieren nach
schedule-copy-to = kopieren nach …
schedule-work-days = Montag bis Freitag
schedule-weekend = Samstag und Sonntag
schedule-all-days = Jeden Tag
schedule-goes-on = { $level } gilt vom Vortag weiter
weekday-long =
    { $weekday ->
        [1] Montag
        [2] Dienstag
        [3] Mittwoch
        [4] Donnerstag
        [5] Freitag
        [6] Samstag
       *[7] Sonntag
    }
levels = Komfortstufen
levels-about = Alle Zeitpläne teilen sie. Ein Thermostat nimmt den Wert seines Modus; ein leeres Feld stellt in diesem Modus nichts ein.
level-add = Stufe hinzufügen
level-new = Neue Stufe
level-name = Name von { $level }
level-heat = Heizen von { $level }
level-cool = Kühlen von { $level }
level-remove = { $level } entfernen
level-in-use = { $schedule } verwendet { $level }; ändern Sie zuerst dessen Anfänge
dates = Andere Tage
dates-about = Urlaub oder Gäste: An diesen Tagen gilt ein anderer Zeitplan, von Mitternacht bis Mitternacht.
dates-line = { $name }: { $from } bis { $to }, { $schedule }
dates-remove = Die Tage { $name } entfernen
dates-name = Name
dates-from = Erster Tag
dates-to = Letzter Tag
dates-schedule = Zeitplan dieser Tage
dates-add = Tage hinzufügen

## Holds

hold-for-length = für { $length }
hold-two-hours = 2 h halten
hold-end = Halten beenden
hold-end-name = Halten von { $name } jetzt beenden
hold-name = Halten
hold-menu = { $name } für eine Zeit halten
hold-none = Nicht gehalten
hold-held = { $value } wird gehalten { $end }
hold-until = bis { $time }
hold-until-next = bis zum nächsten Sollwert
hold-until-ended = bis Sie es beenden
hold-for = für { $length }, bis { $time }
hold-other-end = ein anderes Ende …
hold-end-now = Jetzt beenden
hold-then-level = dann { $level }, { $value }
hold-then-before = dann wieder { $value }
schedule-now = { $level }, { $value } seit { $time }
schedule-waits = { $level }, { $value } ist seit { $time } fällig
schedule-left-alone = Von Hand geändert, statt { $level }, { $value }
schedule-next = dann { $level }, { $value } um { $time }
palette-held = gehalten { $end }

## The store of holds and runs

automation-set-aside = Die Datei der Halten war beschädigt; sie bleibt als { $path } erhalten, und eine neue beginnt
automation-stuck = Die Datei der Halten { $path } ist beschädigt und kann nicht umbenannt werden: { $why }
automation-refused = { $name }: der Wert des Zeitplans oder Haltens wurde abgelehnt: { $why }
automation-form = Automatik: { $problem }
rule-paused-until = Die Regel „{ $rule }“ hat zu oft gehandelt und wartet bis { $until }
rule-notifies = { $text } ({ $rule })
rule-notifies-about = { $subject }: { $text } ({ $rule })
automation-store-file = Halten und Zeitpläne können nicht gespeichert werden, darum wird nichts ausgeführt: { $why }
automation-store-locked = ein anderer Prozess schreibt gerade Halten und Zeitpläne; versuchen Sie es erneut
automation-store-newer = ein neueres Setpoint hat Halten und Zeitpläne geschrieben (Version { $version } ihrer Datei), darum führt dieses nichts aus
automation-store-damaged = die Datei der Halten und Zeitpläne ist beschädigt

## Energy

energy = Energie
energy-empty = Kein Thermostat hier
energy-empty-about = Diese Seite zeigt, was Thermostate getan haben, sobald es eines gibt
energy-all = Alle Thermostate
energy-base = Gradtage unter
energy-degree-days = Gradtage
energy-no-outdoor = Keine Außentemperatur ist bekannt
energy-before = { $value } in { $period }
energy-days =
    { $count ->
        [one] aus einem Tag
       *[other] aus { $count } Tagen
    }
energy-per-degree-day = Heizen je Gradtag
energy-whole-days =
    { $count ->
        [one] aus einem ganzen Tag
       *[other] aus { $count } ganzen Tagen
    }
energy-no-ratio = Braucht drei ganze Tage mit fünf Gradtagen
energy-longer = Wählen Sie eine Woche oder mehr
energy-house = Das Haus
energy-loses = verliert { $loss }° je Stunde bei { $outdoor }°
energy-house-about = Zeitkonstante { $constant } ± { $constant_error } h, Heizgrenze { $balance } ± { $balance_error }°, aus { $count } Zeitspannen des letzten Jahres ohne Heizen
energy-few-stretches = Braucht { $needed } Zeitspannen von einer Stunde ohne Heizen; es gibt { $found }
energy-unclear = Die Räume folgen dem Wetter nicht deutlich genug, oder es ist nicht bekannt
energy-rests-on = Beruht auf { $known } von { $all } Stunden; die übrigen fehlen und zählen nicht als aus
energy-same-days = denselben Tagen von { $period }
energy-no-comparison = Kein Vergleich mit { $period }: zu wenig ist bekannt
energy-same = wie in { $period }
energy-more = { $percent } % mehr als in { $period }
energy-less = { $percent } % weniger als in { $period }
energy-hours = Stunden des Heizens und Kühlens
energy-legend = { $now }, und blass { $before }
energy-compare = Vergleichen mit
energy-known = { $percent } bekannt
energy-point = Zeigen Sie auf einen Balken für seine Stunden
energy-and-before = { $now } (davor { $before })
energy-save = Als CSV speichern
energy-sheet = Als PDF speichern
energy-sheet-about = Ein Blatt zum Drucken, mit den Zahlen, den Balken und ihrer Tabelle
energy-each = Jedes Thermostat
energy-look = Ein Blick lohnt sich
energy-nothing = Nichts Ungewöhnliches in dieser Zeit
energy-window = { $device }: war ein Fenster offen?
energy-window-about = Der Raum fiel um { $fall }° je Stunde am { $day }, { $from } bis { $to }

## Imports

import-open = Aus Google Takeout importieren …
import-title = Import aus Google Takeout
import-about = Fordern Sie Ihre Nest-Daten bei takeout.google.com an, laden Sie das Zip herunter, und ziehen Sie es auf dieses Fenster oder wählen Sie es hier. Nichts verlässt diesen Computer.
import-file = { $file } importieren
import-path = Oder der Pfad eines Zips, eines Ordners oder einer Datei
import-hint = Pfad
import-no-path = Geben Sie zuerst einen Pfad ein
import-start = Importieren
import-reading = Wird gelesen: { $percent }
import-left = Wird gelesen: { $percent }, noch etwa { $time }
import-done = { $taken } Zeitspannen übernommen, { $known } schon bekannt, { $refused } abgelehnt, aus { $files } Dateien
import-counted = { $name } zählt zu { $to }
import-own = { $name } ist ein eigenes Thermostat
import-more-refused = und { $count } weitere; `setpoint history import` zählt sie auf
import-which = Welches Thermostat ist { $name }?
import-proposal = Seine Temperaturen waren { $hours } Stunden lang die von { $device }, mit { $difference } °C Unterschied
import-apart = Keines davon: getrennt behalten
import-answer = So verwenden

## What became of the past

activity-runs = Heizen und Kühlen
past-heated = { $device } hat geheizt
past-cooled = { $device } hat gekühlt
past-offline = { $device } war offline
past-span = { $from } bis { $to }, { $time }
past-open = seit { $from }; das Ende hat niemand gehört

## The settings of the history

settings-history = Verlauf
history-keep = Verlauf behalten
history-keep-about = Ein Thermostat braucht etwa 4 MB im Jahr; was älter ist, wird einmal am Tag gelöscht
history-for-ever = Für immer
history-years =
    { $years ->
        [one] Ein Jahr
       *[other] { $years } Jahre
    }
history-thermostats = Thermostate des Verlaufs
history-thermostats-about = Von diesem Programm aufgezeichnet und aus Exporten übernommen
history-extent = { $from } bis { $to }, { $count } Zeitspannen
history-forget = Vergessen
history-save = Als CSV speichern
history-save-what = { $name } als CSV speichern
history-save-about = Jedes Intervall, für eine Tabellenkalkulation
history-export-name = Verlauf
history-forget-what = { $name } vergessen
history-forget-all = Alles vergessen
history-forget-all-about = Jedes Thermostat des Verlaufs mit seinen Änderungen
history-forget-really = Wirklich löschen
history-not-written = Was Thermostate tun, wird gerade nicht geschrieben: { $why }
history-set-aside = Der Verlauf war nicht lesbar. Die Datei wurde als { $path } aufbewahrt und eine neue begonnen
history-stuck = Der Verlauf war nicht lesbar, und die Datei ließ sich nicht beiseitelegen ({ $why }): { $path }

## More of the energy page

energy-star = Gespart (ENERGY STAR)
energy-star-about = des Heizens von { $device }, gegenüber { $comfort }° den ganzen Tag, aus { $count } Kerntagen des letzten Jahres
energy-few-core-days = Braucht { $needed } Kerntage des letzten Jahres; es gibt { $found }
energy-cycles = { $device }: startet zu oft
energy-cycles-about = { $runs } Läufe von höchstens { $longest } am { $day }, { $from } bis { $to }; üblich sind 10 bis 20 Minuten
energy-starts = Das Heizen begann mindestens { $count }-mal

## Cost

cost-title = Geschätzte Kosten
cost-range = { $low } bis { $high }
cost-about = Laufzeit mal Nennleistung mal Preis, um ein Zehntel mehr oder weniger: Geräte nehmen selten genau ihre Nennleistung auf
cost-unknown = Geben Sie die Nennleistung und einen Preis ein, um eine Schätzung zu sehen
cost-heating = Heizleistung, kW
cost-cooling = Kühlleistung, kW
cost-price = Preis einer kWh
cost-night = Anderer Preis nachts
cost-night-from = Nacht von
cost-night-to = Nacht bis
cost-no-number = Geben Sie eine Zahl wie 24 oder 0,28 ein

## The air filter

filter-title = Luftfilter
filter-about = Zählt die Stunden von Lüfter, Kühlen und Luftheizung vom Tag des Wechsels an, soweit sie bekannt sind
filter-changed = Heute gewechselt
filter-hours = { $hours } von { $all } h
filter-since = gewechselt am { $day }
filter-due-after = Der Luftfilter lief seit dem letzten Wechsel { $hours } h: Zeit für einen neuen
filter-due = Er ist fällig
filter-none = Nicht mehr zählen
filter-life = Fällig nach
filter-of-heating = Das Heizen bläst hindurch

## The dial

dial-name = Zieltemperatur { $device }
dial-name-low = Untere Zieltemperatur { $device }
dial-name-high = Obere Zieltemperatur { $device }
dial-lower = { $what } senken
dial-raise = { $what } erhöhen
dial-type = { $what } eintippen
dial-typed = { $what }, Eingabefeld
dial-set = Einstellen
dial-set-name = { $what } einstellen
dial-heat-to = Heizen auf
dial-cool-to = Kühlen auf
dial-set-to = Neues Ziel
dial-room = Raum { $degrees }
dial-keeps-apart = Hält zwischen beiden mindestens { $gap } Abstand

## The page of a thermostat

scale = Einheit
scale-about = Was das Gerät selbst anzeigt
label-about = Ein Beiname, der hinter dem Ort angezeigt wird
mode-before-eco = Vor Eco: { $mode }
mode-eco-about = Hält die Grenzen von Eco
mode-heat-about = Heizt bis zum Ziel
mode-cool-about = Kühlt bis zum Ziel
mode-heat-cool-about = Zwischen zwei Zielen
mode-off-about = Heizt und kühlt nicht
mode-unknown-about = Vom Dienst nicht genannt
fan-runs-until = Läuft bis { $time }
fan-runs = Läuft
fan-about = Aus · läuft die gewählte Zeit lang
save-what = { $what } speichern
save-unchanged = Es wurde nichts geändert
way-out-eco = Eco verlassen: { $mode }
way-out-off = Einschalten: { $mode }

## Facts

fact-humidity = Luftfeuchte
fact-eco = Eco-Grenzen
fact-lock = Sperre am Gerät
fact-emergency-heat = Notheizung
fact-last-connection = Zuletzt verbunden
fact-software = Software
fact-smoke = Rauch
fact-co = Kohlenmonoxid
fact-battery = Batterie
fact-test = Test
fact-test-runs = läuft
fact-last-test = Letzter Test
fact-security = Sicherheit
fact-rush-hour = Spitzenlastzeit
fact-time-zone = Zeitzone
fact-country = Land
fact-postal-code = Postleitzahl
fact-zones = Aktivitätszonen
fact-microphone = Mikrofon
fact-video-history = Videoverlauf
fact-shared = Öffentlich freigegeben
fact-online-since = Online seit
fact-offline-since = Offline seit
rush-hour-none = nimmt teil, keine angekündigt

## The page of a Protect

protect-of = Protect { $place }
protect-about = Ein Protect warnt von selbst, was auch immer dieses Programm tut. Von hier aus lässt sich daran nichts ändern.
alarm-ok = in Ordnung
alarm-warning = Warnung
alarm-emergency = Alarm
alarm-unknown = Unbekannter Zustand: { $word }
alarm-smoke = Rauch: { $place }
alarm-co = Kohlenmonoxid: { $place }
alarm-both = Rauch und Kohlenmonoxid: { $place }
alarm-warning-of = Warnung: { $what }
alarm-somewhere = Ihr Zuhause
alarm-since = { $what }, seit { $time }
alarm-advice-smoke = Verlassen Sie das Haus und rufen Sie die Feuerwehr.
alarm-advice-co = Bringen Sie alle an die frische Luft und wählen Sie den Notruf.
alarm-advice-warning = Sehen Sie sofort nach und öffnen Sie ein Fenster.
alarms-more =
    { $count ->
        [one] und ein weiterer Alarm
       *[other] und { $count } weitere Alarme
    }
alarm-over = Vorbei: { $what }
battery-ok = in Ordnung
battery-replace = schwach
battery-low = Batterie schwach: ersetzen
emergency-both = Alarm: Rauch und Kohlenmonoxid
emergency-smoke = Alarm: Rauch
emergency-co = Alarm: Kohlenmonoxid
warning-both = Warnung: Rauch und Kohlenmonoxid
warning-smoke = Warnung: Rauch
warning-co = Warnung: Kohlenmonoxid
all-clear = Alles in Ordnung

## The page of a home

away-about = „Abwesend“ stellt die Thermostate auf Eco
structure-name = Name des Zuhauses
eta-about = Sagt den Thermostaten, wann jemand heimkommt
eta-only-away = Nur möglich, solange „Abwesend“ eingestellt ist
eta-expected = Erwartet: { $time }
eta-when = Ankunft
eta-in = in { $time }
eta-announce = Ankündigen
eta-announce-name = Ankunft ankündigen
eta-cancel-name = Ankunft absagen
security-ok = nichts bemerkt
security-deter = Eine Kamera hat eine Person gesehen, obwohl niemand zu Hause sein sollte

## The page of a camera

camera-on-about = Sie sieht und zeichnet auf, was geschieht
camera-on = Ein
camera-off-about = Sie sieht nichts und zeichnet nichts auf
camera-switch = Kamera { $device }
camera-now = Jetzt
camera-enlarge = Vergrößern: { $what }
camera-now-name = Bild von { $device }
camera-refresh = Neues Bild laden
camera-last-event = Letztes Ereignis
camera-events = Ereignisse
camera-events-all = Alle { $count } anzeigen
camera-events-fewer = Weniger anzeigen
camera-event-name = Letztes Ereignis von { $device }
camera-event-expired = Das Bild dieses Ereignisses ist abgelaufen
camera-no-event = Bisher ist nichts geschehen
camera-no-picture = Kein Bild
camera-off = Aus
camera-in-zones = in { $zones }
event-person = Person
event-motion = Bewegung
event-sound = Geräusch
event-other = Aktivität
event-since = { $what } seit { $time }
event-going-on = seit { $time }
picture-loading = Wird geladen …
picture-still = { $time }, Standbild
picture-play = zum Abspielen drücken
picture-stop = zum Anhalten drücken
picture-bad-link = Der Dienst hat einen Link geliefert, der nirgendwohin führt
picture-not-https = Das Bild käme unverschlüsselt von { $host } und wurde deshalb nicht angefordert
picture-foreign-host = Das Bild käme von { $host }, das nicht zum Dienst gehört, und wurde deshalb nicht angefordert
picture-redirects = Der Dienst leitet auf dem Weg zum Bild immer wieder weiter
picture-denied = Der Link ist abgelaufen; das nächste Ereignis bringt einen neuen
picture-gone = Der Dienst hat dieses Bild nicht mehr
picture-status = Der Dienst hat statt eines Bildes mit { $status } geantwortet
picture-page = Der Dienst hat statt eines Bildes eine Webseite geschickt; verlangt dieses Netzwerk eine Anmeldung?
picture-none = Der Dienst hat etwas geschickt, das weder ein Bild im Format PNG, JPEG oder GIF noch ein lesbarer Clip ist
picture-too-large = Das Bild ist größer als { $megabytes } MB und wurde deshalb nicht geladen
picture-too-many-pixels = Das Bild hat angeblich { $width } × { $height } Pixel; das sind zu viele zum Anzeigen
picture-broken = Das Bild ist beschädigt oder unvollständig angekommen
picture-timed-out = { $host } hat das Bild nicht rechtzeitig geschickt
picture-unreachable = Das Bild lässt sich nicht von { $host } laden
no-encryption = Die Verschlüsselung ließ sich nicht einrichten: { $reason }
picture-no-room = Es sind zu viele Bilder zugleich offen; dieses kommt wieder, sobald Platz ist

## The overview

kind-climate = Klima
kind-cameras = Kameras
kind-safety = Sicherheit
homeless = Geräte ohne Zuhause
card-home = { $name }, Zuhause
card-thermostat = { $name }, Thermostat
card-camera = { $name }, Kamera
card-protect = { $name }, Protect
card-mode = Modus { $device }
card-fan-until = Lüfter an bis { $time }
card-humidity = { $value } % Luftfeuchte
card-day = Die letzten 24 Stunden: { $facts }
card-no-history = Der Verlauf beginnt jetzt
card-cooler = Kühler, { $device }
card-warmer = Wärmer, { $device }
card-target = Ziel
invitation = Dies ist ein simuliertes Zuhause: Hier wohnt niemand, probieren Sie alles aus
invitation-short = Ein simuliertes Zuhause
invitation-back = Zurück zu Ihrem Zuhause
overview-filter = Nach Namen filtern
overview-title = Alle Geräte
overview-view = Ansicht
overview-cards = Karten
overview-compact = Kompakt
overview-none = Kein Gerät heißt so.
invitation-connect = Eigenes Zuhause verbinden
empty-title = Dieses Konto hat keine Geräte
empty-about = Fügen Sie eines in der App des Herstellers hinzu, dann erscheint es hier von selbst.
connecting-title = Warten auf den Dienst …
connecting-about = Sobald er antwortet, erscheint hier Ihr Zuhause.
offline-title = Der Dienst ist nicht erreichbar
offline-about = Setpoint versucht es von selbst weiter; was Sie inzwischen ändern, wartet und wird gesendet, sobald der Dienst wieder da ist.
values-as-of = Stand { $time }
values-last-known = zuletzt bekannt
signed-out-title = Abgemeldet
signed-out-about = Der Dienst nimmt das Token nicht mehr an. Melden Sie sich neu an, um weiterzumachen; nichts, was wartet, geht verloren.
gone-title = Nicht mehr vorhanden
gone-about = Dieses Gerät oder Zuhause gibt es im Konto nicht mehr.

## What became of a change

status-settling = { $value } · wird gleich gesendet
status-offline = { $value } · vorgemerkt bis { $time }
status-limited-until = { $value } · wartet wegen des Anfragelimits bis { $time }
status-limited = { $value } · wartet wegen des Anfragelimits
status-asked-until = { $value } · wartet bis { $time }, wie der Dienst es verlangt
status-asked = { $value } · wartet, wie der Dienst es verlangt
status-sign-in = { $value } · wartet, bis Sie sich anmelden
status-after = { $value } · wartet auf die Änderung davor
status-sending = { $value } · wird gesendet …
status-confirming = { $value } · angenommen, das Gerät bestätigt noch …
status-unanswered = { $value } · ohne Antwort gesendet; es wird geprüft, ob es ankam …
status-conflict = Anderswo geändert: { $theirs }; Sie wollten: { $value }
status-failed = { $value } · nicht eingestellt ({ $time }): { $why }
status-may-have-arrived = { $value } · vielleicht angekommen ({ $time }): { $why }
status-not-shown = { $value } · angenommen ({ $time }); das Gerät bestätigt noch und zeigt weiter { $shown }
why-not-shown = Der Dienst hat es angenommen; das Gerät hat es noch nicht bestätigt und zeigt weiter { $shown }
why-may-have-arrived = Es ist vielleicht angekommen: { $why }
why-too-long = Der Dienst war zu lange nicht erreichbar; die Änderung ist abgelaufen
send-now = Jetzt senden
send-anyway = Trotzdem jetzt senden
keep-mine = Meinen Wert behalten
take-theirs = Anderen übernehmen

## The line to the service

line-connecting = verbindet …
line-live = verbunden
line-silent = keine Meldung seit { $time }
line-offline = offline seit { $since }, verbindet …
line-offline-until = offline seit { $since }, nächster Versuch { $time }
line-signed-out = abgemeldet
sign-in-again = Neu anmelden
try-now = Jetzt versuchen
dismiss-what = Ausblenden: { $what }
not-taken = Die letzte Änderung wurde nicht angenommen; versuchen Sie es noch einmal

## The frame around the pages

rail-home = Übersicht
rail-developer = Entwickler
rail-settings = Einstellungen
rail-help = Hilfe
all-homes = Alle Häuser
which-home = Angezeigtes Zuhause
consent-title = { $device } einschalten?
consent-about = Dann ist zu sehen und wird womöglich aufgezeichnet, wer dort ist. Alle, die dort wohnen, sollten das wissen.
consent-on = Einschalten
consent-off = Nicht einschalten

## Actions

action-palette = Befehl eingeben
action-help = Tasten und Hilfe
action-undo = Letzte Änderung rückgängig machen
action-redo = Wiederherstellen
action-back = Zurück zur vorigen Seite
action-overview = Alle Geräte anzeigen
action-activity = Verlauf anzeigen
action-energy = Die Energie zeigen
action-search = Verlauf durchsuchen
action-presets = Szenen anzeigen
action-simulator = Simulator anzeigen
action-explorer = Das ganze Dokument des Zuhauses anzeigen
action-settings = Einstellungen anzeigen
action-next-home = Nächstes Zuhause anzeigen
action-larger-text = Text vergrößern
action-smaller-text = Text verkleinern
action-usual-text = Übliche Textgröße
action-reconnect = Neu verbinden
action-close-window = Fenster schließen
action-quit = Setpoint beenden
help-title = Hilfe
help-menu-keys = Umschalt+F10, rechte Taste
help-regions = Zu Leiste, Kopfzeile und Seite
help-menu = Auf einem Wert: rückgängig, anheften, umbenennen, kopieren
help-order-keys = Strg+Umschalt+←→
help-order = Auf einer Karte: verschieben
help-dial = Am Drehregler
help-dial-arrows-keys = Pfeiltasten
help-dial-arrows = Ein Schritt
help-dial-pages-keys = Bild auf, Bild ab
help-dial-pages = 2 °C oder 3 °F
help-dial-ends-keys = Pos1, Ende
help-dial-ends = Der niedrigste oder höchste Wert, der gerade erlaubt ist
help-dial-digits-keys = Ziffern
help-dial-digits = Eine Temperatur eintippen
help-dial-enter-keys = Eingabe
help-dial-enter = Sofort senden, was noch wartet
help-dial-escape-keys = Esc
help-dial-escape = Zurücknehmen
help-dial-wheel-keys = Mausrad
help-dial-wheel = Ein Schritt, solange ein Griff den Fokus hat
help-marks = Die Zeichen des Drehreglers
help-mark-target = Das Ziel: ziehen Sie daran
help-mark-room = Die Temperatur im Raum
help-mark-way = Der Weg vom Raum zum Ziel
help-mark-eco = Grüne Linie: die Grenzen, die Eco einhält
help-mark-confirmed = Punkt: der Wert vor einer Änderung, die unterwegs ist
help-version = Setpoint { $version }
help-licences = Freie Software unter MIT oder Apache-2.0. Die Schriften Inter und JetBrains Mono stehen unter der SIL Open Font License.

## The palette

palette-name = Befehl
palette-hint = Geben Sie ein, was Sie möchten: { $example }
palette-chosen = { $row }, { $number } von { $count }
palette-keys =
    { $count ->
        [0] Nichts passt
        [one] Ein Treffer · Eingabe übernimmt · Tab ergänzt · Esc schließt
       *[other] { $count } Treffer · Pfeile wählen · Eingabe übernimmt · Tab ergänzt · Esc schließt
    }
palette-sets =
    { $count ->
        [0] ändert nichts
        [one] eine Änderung
       *[other] { $count } Änderungen
    }
palette-refused = 
    { $count ->
        [one] eine nicht möglich
       *[other] { $count } nicht möglich
    }
detail-now = jetzt { $value }
detail-for = für { $time }
detail-homes =
    { $count ->
        [one] ein Zuhause
       *[other] { $count } Häuser
    }
detail-thermostats =
    { $count ->
        [one] ein Thermostat
       *[other] { $count } Thermostate
    }
detail-fans =
    { $count ->
        [one] ein Lüfter
       *[other] { $count } Lüfter
    }
detail-cameras =
    { $count ->
        [one] eine Kamera
       *[other] { $count } Kameras
    }
detail-arrival = Minuten bis zur Ankunft
detail-no-arrival = sagt die Ankunft ab
detail-new-name = ein neuer Name
palette-preset = Szene
palette-level = Komfortstufe für alle Thermostate
palette-dark = Dunkles Erscheinungsbild
palette-light = Helles Erscheinungsbild
palette-system = Erscheinungsbild des Systems
palette-sign-in = Bei einem Zuhause anmelden
command-words = alle=all alles=everything wärmer=warmer waermer=warmer kälter=cooler kaelter=cooler kühler=cooler an=on ein=on aus=off heizen=heat kühlen=cool auf=to zuhause=home daheim=home abwesend=away weg=away unterwegs=away kameras=cameras kamera=camera lüfter=fan ventilator=fan thermostate=thermostats stelle=set setze=set schalte=turn mach=turn mache=turn bitte= die= das= den= der= bis=until für=for stunden=hours stunde=hour uhr= minuten=min minute=min tage=days tag=day morgen=tomorrow heute=today mittag=noon mitternacht=midnight immer=ever nächsten=next nächster=next montag=monday dienstag=tuesday mittwoch=wednesday donnerstag=thursday freitag=friday samstag=saturday sonntag=sunday
command-fillers = gute= guten= anwenden= starte= das= preset= szene= modus=
palette-open = { $name } öffnen
preview-unchanged = bereits eingestellt

## Typed texts

typed-no-temperature = „{ $text }“ ist keine Temperatur; schreiben Sie etwa { $example }
typed-no-name = Es gibt kein Gerät oder Zuhause namens „{ $name }“, nur: { $known }
typed-ambiguous = „{ $name }“ ist nicht eindeutig: { $candidates }
typed-nothing-asked = Sagen Sie, was bei „{ $name }“ eingestellt werden soll, zum Beispiel { $example }
typed-no-field = „{ $field }“ lässt sich hier nicht einstellen; möglich sind: { $known }
typed-no-value = „{ $value }“ ist kein Wert für „{ $field }“; schreiben Sie { $expected }
typed-no-present = Der aktuelle Wert von „{ $field }“ ist unbekannt und lässt sich nicht schrittweise ändern; schreiben Sie den Wert selbst
typed-other-scale = „{ $value }“ ist keine Einstellung in { $scale }; für { $other } schreiben Sie { $value }{ $letter }
typed-no-thermostat-here = Dieser Befehl braucht einen Thermostat, und hier gibt es keinen
typed-no-fan-here = Dieser Befehl braucht einen Lüfter, und hier gibt es keinen
typed-no-camera-here = Dieser Befehl braucht eine Kamera, und hier gibt es keine
typed-no-home-here = Dieser Befehl braucht ein Zuhause, und hier gibt es keines
typed-too-much = „{ $text }“ gehört hier nicht hin; lassen Sie es weg
typed-no-end = „{ $text }“ nennt kein Ende; schreiben Sie bis 22:00, für 2h, bis next oder bis cancelled
typed-not-held = Nur eine Temperatur wird für eine Zeit gehalten, nicht { $field }
typed-no-next-start = { $name } hat keinen aktiven Zeitplan, also keinen nächsten Sollwert
expected-on-off = on oder off
expected-temperature = eine Temperatur, etwa 21,5, 70F oder +1
expected-two-temperatures = zwei Temperaturen, etwa 18-24
expected-mode = heat, cool, heat-cool, eco oder off
expected-of-thermostat = eine Temperatur, einen Bereich, einen Modus (etwa eco) oder fan on
expected-on-off-minutes = on, off oder Minuten
expected-minutes = Minuten, etwa 30
expected-arrival = Minuten ab jetzt, etwa 30, oder cancel
expected-scale = C oder F
expected-home-away = home oder away
expected-of-home = home, away oder eta 30

## Why a change is refused

refused-unknown = Dieses Gerät oder Zuhause gibt es im Konto nicht: { $id }
refused-offline = Das Gerät ist offline; es lässt sich ändern, sobald es wieder da ist
refused-eco = Eco ist an und hält seine eigenen Grenzen ein; wählen Sie einen anderen Modus
refused-off = Der Thermostat ist aus; wählen Sie einen Modus
refused-wants-range = „Heizen · Kühlen“ hält einen Bereich; stellen Sie die untere und die obere Temperatur ein
refused-wants-one = Für einen Bereich braucht es den Modus „Heizen · Kühlen“
refused-unknown-mode = Den aktuellen Modus kennt dieses Programm nicht, deshalb nimmt er keine Temperatur an
refused-lacks-cooling = „{ $mode }“ braucht eine Kühlung, und dieser Thermostat hat keine
refused-lacks-heating = „{ $mode }“ braucht eine Heizung, und dieser Thermostat hat keine
refused-no-mode = „{ $word }“ ist kein Modus; schreiben Sie heat, cool, heat-cool, eco oder off
refused-too-high = { $asked } ist zu hoch; der höchste Wert ist { $limit }
refused-too-low = { $asked } ist zu niedrig; der niedrigste Wert ist { $limit }
refused-above-lock = { $asked } liegt über der Sperre am Thermostat, die bei { $limit } endet
refused-below-lock = { $asked } liegt unter der Sperre am Thermostat, die bei { $limit } beginnt
refused-low-above-high = Die untere Zieltemperatur ({ $asked }) liegt über der oberen ({ $limit })
refused-too-close = Zwischen den beiden Zieltemperaturen müssen mindestens { $gap } liegen
refused-no-temperature = „{ $word }“ ist keine Temperatur
refused-emergency-heat = Die Notheizung ist an; schalten Sie sie zuerst am Thermostat aus
refused-safety = Der Lüfter bleibt aus, solange ein Protect vor Rauch oder Kohlenmonoxid warnt
refused-no-fan = Dieser Thermostat steuert keinen Lüfter
refused-fan-off = Der Lüfter kann nicht starten, solange der Thermostat aus ist; wählen Sie zuerst einen Modus
refused-fan-minutes = { $minutes } Minuten stehen nicht zur Wahl; möglich sind 15, 30, 45, 60, 120, 240, 480 oder 720
refused-label-too-long = Die Bezeichnung hat { $chars } Zeichen; höchstens 255 sind erlaubt
refused-name-missing = Ein Zuhause braucht einen Namen
refused-no-away = „{ $word }“ ist weder home noch away
refused-not-away = Eine Ankunft lässt sich nur ankündigen, solange das Zuhause auf „Abwesend“ steht
refused-no-thermostat = Eine Ankunft bereitet einen Thermostat vor, und dieses Zuhause hat keinen
refused-arrival-past = Die Ankunft liegt in der Vergangenheit
refused-arrival-ends = Die Ankunft endet, bevor sie beginnt
refused-service-away = { $service } kann An- und Abwesenheit nicht einstellen; Eco an jedem Thermostat kommt dem am nächsten
refused-service-names = { $service } kann keine Namen ändern
refused-service-eta = { $service } unterstützt keine Ankunftszeiten
refused-service-scale = { $service } kann die Einheit eines Thermostats nicht ändern
refused-service-streaming = { $service } kann Kameras nicht ein- oder ausschalten
refused-service = { $service } kann das nicht ändern

## Keys

key-ctrl = Strg
key-alt = Alt
key-shift = Umschalt
key-left = Pfeil links

## Why a service did not do it

reason-unexplained = Der Dienst hat es ohne Begründung abgelehnt
reason-other-mode = Der Modus, in dem der Thermostat jetzt ist, erlaubt das nicht; sein Zustand wird neu gelesen
reason-adjusted = Der Dienst hat stattdessen { $to } eingestellt
reason-stored-other = Der Dienst hat stattdessen { $value } gespeichert
reason-device-gone = Der Dienst kennt dieses Gerät nicht mehr
reason-token-refused = Der Dienst nimmt das Token nicht an
reason-withdrawn = Der Zugriff wurde entzogen; melden Sie sich neu an, um weiterzumachen
reason-busy = Der Dienst bittet zu warten
reason-unavailable = Der Dienst ist vorübergehend nicht verfügbar
reason-server-failed = Beim Dienst ist ein Fehler aufgetreten (Status { $status })
reason-status = Der Dienst hat mit { $status } geantwortet, was hier keinen Sinn ergibt
reason-unreachable = { $host } ist nicht erreichbar: { $cause }
reason-no-answer = Der Dienst hat nicht rechtzeitig geantwortet
reason-silent = Vom Dienst war zu lange nichts zu hören
reason-broke-off = Die Verbindung ist abgebrochen: { $cause }
reason-closed = Der Dienst hat die Verbindung geschlossen
reason-stream-failed = Der Dienst hat in seinem Datenstrom einen Fehler gemeldet
reason-stream-cancelled = Der Dienst hat seinen Datenstrom abgebrochen
reason-not-understood = Der Dienst hat etwas geschickt, das kein JSON ist; verlangt dieses Netzwerk eine Anmeldung? ({ $detail })
reason-not-a-home = Der Dienst hat etwas anderes als ein Zuhause geschickt
reason-not-the-control-port = Das ist nicht der Steuerport eines No-Longer-Evil-Servers; er ist 8082, wenn ihn niemand geändert hat
reason-too-large = Der Dienst hat mehr als { $megabytes } MB geschickt
reason-sign-in-refused = Der Dienst hat die Anmeldung abgelehnt
reason-sign-in-status = Der Dienst hat die Anmeldung mit Status { $status } abgelehnt
reason-no-token = Der Dienst hat bei der Anmeldung kein Token geschickt
reason-sign-out-refused = Der Dienst hat auf die Abmeldung mit { $status } geantwortet
reason-program = In diesem Programm ist etwas schiefgegangen ({ $detail })
reason-program-ended = Das Programm endete, bevor der Dienst geantwortet hat
redirect-status = Der Dienst hat mit { $status } geantwortet, was die Anfrage verändern würde
redirect-hops = Der Dienst hat mehr als { $hops }-mal weitergeleitet
redirect-no-address = Der Dienst hat an keine gültige Adresse weitergeleitet; das Token wurde nicht dorthin gesendet
redirect-user-info = Der Dienst hat an eine Adresse mit einem Benutzernamen weitergeleitet; das Token wurde nicht dorthin gesendet
redirect-not-https = Der Dienst hat an eine unverschlüsselte Adresse weitergeleitet; das Token wurde nicht dorthin gesendet
redirect-foreign-host = Der Dienst hat an { $host } weitergeleitet, wo das Token nicht hindarf; es wurde nicht dorthin gesendet
cause-refused = dort antwortet nichts
cause-unknown-host = der Name wurde nicht gefunden; ist dieser Rechner online?
cause-no-route = kein Netzwerk führt dorthin
cause-timed-out = es kam nicht rechtzeitig eine Antwort
cause-hung-up = die Gegenseite hat die Verbindung beendet
cause-certificate = das Zertifikat gilt nicht für diese Adresse
cause-encryption = es kam keine verschlüsselte Verbindung zustande
cause-unknown = es kam keine Verbindung zustande

## Addresses, tokens and accounts that cannot be used

url-none = „{ $text }“ ist keine Webadresse; schreiben Sie https:// davor
url-port = Den Port in der Adresse gibt es nicht; möglich sind 1 bis 65535
url-scheme = Die Adresse muss mit https:// beginnen, nicht mit { $scheme }://
url-plaintext = Die Adresse muss mit https:// beginnen; http würde das Token im Netzwerk offen zeigen und ist nur für diesen Rechner gedacht (127.0.0.1, localhost)
url-user-info = Die Adresse darf keinen Benutzernamen und kein Passwort enthalten
url-query = Die Adresse darf weder „?“ noch „#“ enthalten
url-token = Das Token enthält ein Leerzeichen, einen Zeilenumbruch oder ein anderes Zeichen, das kein Token hat; kopieren Sie es noch einmal
vault-missing = Es ist kein Token gespeichert
vault-locked = Der Schlüsselbund ist gesperrt oder verweigert den Zugriff ({ $detail }); entsperren Sie ihn und versuchen Sie es noch einmal
vault-no-keyring = Dieser Desktop hat keinen Schlüsselbund ({ $detail }); installieren Sie gnome-keyring oder KWallet, um das Token aufzubewahren
vault-silent = Der Schlüsselbund hat nicht innerhalb von 5 Sekunden geantwortet; entsperren Sie ihn und versuchen Sie es noch einmal
vault-damaged = Das gespeicherte Token ist beschädigt; melden Sie sich neu an
vault-passphrase = Das Token liegt in einer verschlüsselten Datei; geben Sie deren Passphrase ein
vault-wrong-passphrase = Die Passphrase öffnet die Datei mit dem Token nicht
vault-file = Die Datei mit dem Token lässt sich nicht verwenden ({ $why }): { $path }
vault-cipher = Das Token lässt sich nicht verschlüsseln ({ $detail })
vault-machine = Der Schlüsselbund lässt sich nicht befragen ({ $detail })
session-half-environment = { $url } und { $token } gehören zusammen; setzen Sie beide oder keine
session-no-such-account = Es gibt kein Konto namens „{ $name }“
session-no-account = Es gibt noch kein Konto; verbinden Sie eines in den Einstellungen
start-in-use = { $address } wird von einem anderen Programm benutzt; wählen Sie einen anderen Port, oder Port 0 für irgendeinen freien
start-address = An { $address } lassen sich keine Verbindungen annehmen ({ $why })
start-not-loopback = { $address } ist für andere erreichbar; das simulierte Zuhause gibt es nur auf diesem Rechner, unter 127.0.0.1 oder [::1]
start-speed = { $speed } ist kein Tempo; wählen Sie eine Zahl über 0, höchstens 100000
start-size = { $count } Thermostate sind nicht möglich; wählen Sie 1 bis 10000
start-token = Das Token muss aus sichtbaren ASCII-Zeichen ohne Leerzeichen bestehen
account-environment = Server aus den Umgebungsvariablen
closed-title = Dieses Konto lässt sich nicht öffnen
closed-about = Der Grund steht oben. Beheben Sie ihn in den Einstellungen, oder sehen Sie sich im simulierten Zuhause um.
line-closed = nicht geöffnet

## The way back from the browser

back-port-in-use = Port { $port } auf diesem Rechner ist belegt; versuchen Sie es noch einmal
back-no-port = Für die Anmeldung ließ sich kein Port öffnen ({ $detail })
back-ended = Der Browser kann nicht mehr zu Setpoint zurückkehren; versuchen Sie es noch einmal
back-timed-out = Der Browser ist nicht innerhalb von { $minutes } Minuten zurückgekehrt; versuchen Sie es noch einmal
browser-signed-in = Sie sind angemeldet. Sie können diese Seite schließen und zu Setpoint zurückkehren.
browser-refused = Die Anmeldung wurde abgelehnt. Sie können diese Seite schließen und zu Setpoint zurückkehren.
browser-no-code = Der Dienst hat keinen Code geschickt. Gehen Sie zurück und versuchen Sie es noch einmal.
browser-not-ours = Diese Anmeldung wurde nicht von Setpoint begonnen. Es wurde nichts geändert.

## Notices

settings-unreadable = Die Einstellungen lassen sich nicht lesen ({ $why }); es gelten die Vorgaben: { $path }
settings-set-aside = Die Einstellungen waren nicht lesbar. Die Datei wurde als { $path } aufbewahrt und eine neue begonnen
settings-stuck = Die Einstellungen waren nicht lesbar, und die Datei ließ sich nicht beiseitelegen ({ $why }): { $path }
settings-newer = Die Einstellungen stammen von einer neueren Version; was hier unbekannt ist, bleibt erhalten
settings-unknown-desktop = Die Einstellung { $key } = { $value } ist unbekannt; es gilt, was das System vorgibt
settings-unknown-language = Die Einstellung { $key } = { $value } ist unbekannt; es gilt die Sprache des Systems
settings-unknown-usual = Die Einstellung { $key } = { $value } ist unbekannt; es gilt der übliche Wert
settings-unusable-accounts =
    { $count ->
        [one] Ein Konto in den Einstellungen ist unbrauchbar und wird ausgelassen
       *[other] { $count } Konten in den Einstellungen sind unbrauchbar und werden ausgelassen
    }
settings-not-saved = Die Einstellungen lassen sich nicht speichern ({ $why }); sie bleiben, bis Setpoint beendet wird
presets-set-aside = Die Szenen waren nicht lesbar. Die Datei wurde als { $path } aufbewahrt und eine neue begonnen
presets-stuck = Die Szenen waren nicht lesbar, und die Datei ließ sich nicht beiseitelegen ({ $why }): { $path }
presets-unusable =
    { $count ->
        [one] Eine Szene kann diese Version nicht verwenden; sie bleibt in der Datei
       *[other] { $count } Szenen kann diese Version nicht verwenden; sie bleiben in der Datei
    }
queue-set-aside = Die Liste nicht gesendeter Änderungen war nicht lesbar. Die Datei wurde als { $path } aufbewahrt und eine neue begonnen
queue-stuck = Die Liste nicht gesendeter Änderungen war nicht lesbar, und die Datei ließ sich nicht beiseitelegen ({ $why }): { $path }
queue-unreadable = Die Liste nicht gesendeter Änderungen lässt sich nicht lesen ({ $why })
queue-not-saved = Änderungen, die auf den Dienst warten, lassen sich nicht speichern ({ $why }); sie bleiben nur, solange Setpoint läuft
journal-unreadable = Der Verlauf lässt sich nicht lesen ({ $why })
journal-not-saved = Der Verlauf lässt sich nicht speichern ({ $why }); er bleibt nur, solange Setpoint läuft
account-in-use = Ein anderer Setpoint-Prozess hat dieses Konto geöffnet und gibt es nicht frei. Beenden Sie ihn und versuchen Sie es noch einmal
not-locked = Die Dateien dieses Kontos lassen sich nicht sperren ({ $why }); wartende Änderungen bleiben nur, solange Setpoint läuft
token-not-kept = Das Token bleibt nur, solange Setpoint läuft. { $why }
sign-out-not-told = Der Dienst hat von der Abmeldung nicht erfahren. { $why }
token-not-deleted = Das Token ließ sich nicht löschen. { $why }
about = { $subject }: { $text }
file-missing = nicht vorhanden
file-denied = keine Berechtigung
file-read-only = der Datenträger ist schreibgeschützt
file-full = der Datenträger ist voll
file-in-the-way = an der Stelle liegt etwas anderes
file-not-plain = es ist keine gewöhnliche Datei von vernünftiger Größe

## The activity

activity = Verlauf
activity-search = Änderungen durchsuchen
activity-clear = Suche löschen
activity-whose = Von wem
activity-kind = Art
activity-everything = Alles
activity-changes = Änderungen
activity-presence = An- und Abwesenheit
activity-offline = Offline
activity-anybody = Alle
activity-device = Gerät
activity-devices = Alle Geräte
activity-ours = Von hier
activity-others = Von anderswo
activity-alarms = Alarme
activity-empty = Bisher wurde nichts geändert
activity-empty-about = Änderungen von hier und von anderswo erscheinen in dieser Liste.
activity-none = Nichts gefunden
activity-none-about = Keine Änderung passt zur Suche. Versuchen Sie es mit dem Namen eines Geräts, einem Wert oder einer Uhrzeit.
change-value = { $device }: { $from } → { $to }
change-value-to = { $device }: { $to }
change-field = { $device } · { $field }: { $from } → { $to }
change-field-to = { $device } · { $field }: { $to }
change-away = { $device }: Auf „{ $to }“ gestellt
change-arrival-cancelled = { $device }: Ankunft abgesagt
change-undone = Rückgängig gemacht
who-window = dieses Fenster
who-tray = Infobereich
who-cli = Befehlszeile
who-bridge = ein anderes Programm, über die Brücke
who-rule = Regel
who-schedule = Zeitplan
who-hold = Ende eines Haltens
who-elsewhere = anderswo
who-after-away = mit „Abwesend“
who-after-home = mit „Zuhause“
outcome-done = erledigt
outcome-accepted = angenommen
outcome-refused = abgelehnt: { $why }
outcome-unconfirmed = angenommen, noch nicht bestätigt
outcome-may-have-arrived = vielleicht angekommen: { $why }
outcome-expired = vor dem Senden abgelaufen
outcome-discarded = zurückgezogen
standing-undone = rückgängig gemacht
standing-superseded = seither wieder geändert
undo-what = Rückgängig: { $what }
redo-what = Wiederherstellen: { $what }
retry-what = Wiederholen: { $what }
recent = Letzte Änderungen
recent-all = alle ›
toast-refused = { $change } · abgelehnt: { $why }
toast-undone = Rückgängig: { $change }
toast-unconfirmed = { $change } · angenommen; das Gerät hat es noch nicht bestätigt
toast-may-have-arrived = { $change } · vielleicht angekommen: { $why }
toast-expired = { $change } · vor dem Senden abgelaufen
close-toast = Diese Meldung schließen

## Anfragen als Code

as-code = Als Code
as-code-show = Als Code zeigen
as-code-show-what = Als Code zeigen: { $what }
as-code-name = Der Code
as-code-language = Programmiersprache
as-code-copy = Kopieren
as-code-copied = Der Code wurde kopiert ({ $language })
as-code-line = In einer Zeile, für einen Dienst, der nicht umleitet:
as-code-line-copy = Die Zeile kopieren
as-code-script = Ein Skript, das Umleitungen folgt, das Token aber nur an diesen Dienst sendet:
as-code-terminal = In einem Terminal öffnen
as-code-terminal-none = Auf diesem Desktop wurde kein Terminal gefunden
as-code-terminal-shell = Nur Code für eine Shell läuft so in einem Terminal: curl, HTTPie und setpoint
as-code-terminal-hint = So wird es ausgeführt, mit dem Token in { $variable }:
as-code-terminal-hint-account = So wird es ausgeführt:
as-code-terminal-failed = Das Terminal ließ sich nicht öffnen ({ $why })
as-code-token = Das Token steht nicht im Code; er liest es aus der Umgebungsvariablen { $variable }. Dies fragt in einer Shell danach und hält es aus dem Verlauf heraus:
as-code-token-page = Das Token steht nicht im Code; er fragt danach, sobald er läuft.
as-code-other-api = Dieses Konto ist bei einem Dienst mit einer anderen API. „setpoint serve“ ist die Brücke dorthin: Setzen Sie ihre Adresse an die Stelle von { $address } und ihr Token in die Variable.
as-code-simulated = Das simulierte Zuhause in diesem Programm hat keine eigene Adresse. „setpoint simulate“ stellt ein solches bereit: Setzen Sie dessen Adresse an die Stelle von { $address }.
as-code-no-value = Gerade gibt es keinen Wert zu schreiben
as-code-elsewhere = Dies wurde anderswo geändert; was dort angefragt wurde, ist hier nicht bekannt
as-code-no-request = Diese Anfrage kann kein Code stellen: Ihr Pfad oder die Adresse des Dienstes passt nicht
as-code-account = Der Befehl nimmt Adresse und Token des Kontos „{ $account }“ aus dem Programm.

## Presets

presets = Szenen
presets-about = Benannte Gruppen von Änderungen, aus dem aktuellen Zustand übernommen und zusammen angewendet.
presets-suggested = Vorschläge für dieses Zuhause
presets-levels = Komfortstufen, für alle Thermostate in ihren jetzigen Modi
preset-level = Zur Komfortstufe machen
preset-level-name = { $name } zur Komfortstufe machen
preset-level-about = Sie setzt an jedem Thermostat das Gleiche; als Komfortstufe kennen sie auch Zeitpläne und Regeln.
preset-level-there = Es gibt eine Komfortstufe dieses Namens mit denselben Sollwerten.
preset-level-instead = Stattdessen die Stufe verwenden
preset-level-instead-name = Die Szene { $name } entfernen und ihre Komfortstufe verwenden
presets-all = Alle Szenen
presets-empty = Noch keine Szenen
presets-empty-about = Stellen Sie alles ein, wie Sie es mögen, und bewahren Sie es dann unter einem Namen auf.
presets-not-saved = Die Szenen lassen sich nicht speichern ({ $why }); sie bleiben, bis Setpoint beendet wird
preset-new = Neu aus dem aktuellen Zustand
preset-apply = { $name } anwenden
preset-edit = { $name } bearbeiten
preset-remove = { $name } entfernen
preset-up = { $name } nach oben schieben
preset-down = { $name } nach unten schieben
preset-add = Hinzufügen …
preset-look-at = { $name } ansehen und hinzufügen
preset-removed = { $name } wurde entfernt
preset-put-back = { $name } zurückholen
starter-night = Nacht
starter-away = Abwesend
starter-everything-off = Alles aus
preset-name = Name der Szene
preset-name-hint = etwa Nacht
preset-recapture = Aktuelle Werte übernehmen
preset-sets-nothing = Wählen Sie mindestens einen Wert
preset-camera-goes-on = Die Kamera wird nach Rückfrage eingeschaltet
preset-includes = { $what } einbeziehen
preset-device-gone = Ein Gerät, das es nicht mehr gibt
preset-name-empty = Eine Szene braucht einen Namen
preset-name-long = Der Name hat { $chars } Zeichen; höchstens { $most } sind erlaubt
preset-name-taken = Es gibt schon eine Szene namens „{ $name }“
preset-unknown = Diese Szene gibt es nicht mehr
lower-end = { $what }, untere Grenze
upper-end = { $what }, obere Grenze
batch-going-on = { $name } · { $done } von { $all }
batch-over = { $name }: { $result }
batch-undoing = { $name } wird rückgängig gemacht · { $done } von { $all }
batch-undone = { $name } rückgängig gemacht: { $result }
batch-changed =
    { $count ->
        [one] 1 geändert
       *[other] { $count } geändert
    }
batch-set-back =
    { $count ->
        [one] 1 zurückgesetzt
       *[other] { $count } zurückgesetzt
    }
batch-same =
    { $count ->
        [one] 1 war schon so
       *[other] { $count } waren schon so
    }
batch-failed =
    { $count ->
        [one] 1 fehlgeschlagen
       *[other] { $count } fehlgeschlagen
    }
batch-left =
    { $count ->
        [one] 1 zurückgezogen
       *[other] { $count } zurückgezogen
    }
batch-details = Einzelheiten
batch-details-less = Weniger Einzelheiten
batch-close = Diese Liste schließen
item-waiting = wartet
item-sending = unterwegs
item-conflict = anderswo geändert; auf der Seite des Geräts wählen
item-replaced = durch eine neuere Änderung ersetzt
item-may-have-arrived = vielleicht angekommen

## The document

explorer-tree = Dokument des Zuhauses
explorer-search = Schlüssel und Werte durchsuchen
explorer-hits = { $at } von { $count }
explorer-none = Nichts gefunden
explorer-next = Nächster Treffer
explorer-previous = Voriger Treffer
explorer-fold-all = Alles einklappen
explorer-unfold-all = Alles ausklappen
explorer-fold = Einklappen
explorer-unfold = Ausklappen
explorer-read-only = Dieser Wert ist nur lesbar
explorer-can-change = änderbar
explorer-confidential = Vertraulich: wird weder gezeigt noch kopiert
explorer-open = Seite öffnen
explorer-account = Konto: { $name }
explorer-copied = Kopiert
explorer-close = Einzelheiten schließen
explorer-empty = Noch ist nichts bekannt
explorer-empty-about = Das Dokument erscheint, sobald der Dienst das Zuhause gemeldet hat.
json-tree-copy-path = Pfad kopieren
json-tree-copy-value = Wert kopieren
json-tree-changed = eben geändert
json-tree-hit = gefunden
json-tree-entries =
    { $count ->
        [one] Ein Eintrag
       *[other] { $count } Einträge
    }

## The simulator

simulator = Simulator
simulator-about = Was keine App kann: Wetter, Besuch, Rauch und gekappte Leitungen im simulierten Zuhause.
simulator-not-here = Es ist kein simuliertes Zuhause geöffnet
simulator-not-here-about = Diese Seite gehört zum simulierten Zuhause, das Sie in den Einstellungen öffnen.
simulator-failed = Nichts ist geschehen: Das Gerät ist aus, offline oder nicht mehr da
simulator-outdoor = Draußen
simulator-outdoor-fixed = { $degrees }, von Hand eingestellt
simulator-outdoor-free = { $degrees }, folgt der Tageszeit
simulator-outdoor-release = Der Tageszeit folgen
simulator-outdoor-is-free = Die Temperatur folgt schon der Tageszeit
simulator-speed = Tempo der Zeit
simulator-time = Im simulierten Zuhause ist es { $time } Uhr
simulator-camera-dark = Die Kamera ist aus oder offline und sieht nichts
simulator-event-name = { $event } vor der Kamera { $device }
simulator-battery-low = Batterie leeren
simulator-battery-full = Batterie ersetzen
simulator-lock = Sperre
simulator-lock-about = Begrenzt Zieltemperaturen auf { $low }–{ $high }, wie am Gerät
simulator-rush-hour-about = Der Versorger bittet ab jetzt ums Energiesparen
simulator-take-offline = Offline schalten
simulator-bring-online = Online schalten

## The settings

settings = Einstellungen
as-the-desktop = Wie das System
settings-appearance = Erscheinungsbild
settings-appearance-about = Folgt dem System, solange Sie nichts wählen
settings-light = Hell
settings-dark = Dunkel
settings-contrast = Hoher Kontrast
settings-motion = Weniger Bewegung
settings-language = Sprache
settings-tray = Infobereich
settings-developer = Seiten und Menüs für Entwickler
settings-developer-about = Die API-Konsole, das Dokument des Zuhauses, der Simulator und Anfragen als Code.
settings-developer-simulated = Im simulierten Zuhause
settings-text-size = Textgröße
settings-text-size-about = Aller Texte und Bedienelemente
settings-scale = Temperaturen
settings-scale-about = Was Setpoint zeigt und liest; die Thermostate behalten ihre eigene Einheit
settings-scale-own = Wie am Thermostat
settings-accounts = Konten
accounts-add = Zuhause hinzufügen
settings-account-open = geöffnet
settings-account-switch = { $name } öffnen
account-several = { $count } Konten
account-rename = { $name } umbenennen
account-name-of = Name von { $name }
account-keep-name = { $name } nennen
account-name-empty = Ein Konto braucht einen Namen
account-name-taken = Es gibt schon ein Konto namens „{ $name }“
accounts-show = Konten anzeigen
account-not-shown = zurzeit nicht angezeigt
account-reconnect = { $name } neu verbinden
account-sign-in = Bei { $name } neu anmelden
account-sign-out = Von { $name } abmelden
account-lacks = { $service } kann nicht ändern: { $fields }
account-devices =
    { $count ->
        [0] keine Geräte
        [one] ein Gerät
       *[other] { $count } Geräte
    }
account-line = { $name }: { $line }
accounts-away = { $away } von { $count } Konten nicht verbunden
settings-writes-left =
    { $count ->
        [0] Das Anfragelimit ist erreicht; Änderungen warten, bis wieder welche gesendet werden dürfen
        [one] Eine Änderung kann sofort gesendet werden
       *[other] { $count } Änderungen können sofort gesendet werden
    }
simulated-home-about = Dort wohnt niemand; zum Umsehen
sign-out = Abmelden
open-simulated = Simuliertes Zuhause öffnen
unseal-title = Das Token liegt in einer verschlüsselten Datei
connect-title = Eigenes Zuhause verbinden
connect-question = Welchen Thermostat haben Sie?
connect-hint = Nicht sicher? Ein Thermostat, den die App Google Home steuern kann, gehört zur ersten Antwort.
connect-other = Anderer Thermostat
connect-steps = So geht es
connect-google = Nest Thermostat, Thermostat E, Learning Thermostat der 3. oder 4. Generation
connect-google-about = Auch Kameras und Türklingeln. Über Googles eigene API: einmalig etwa eine halbe Stunde und 5 US-Dollar.
connect-nle = Nest Learning Thermostat der 1. oder 2. Generation
connect-nle-about = Mit der Firmware von No Longer Evil, auf einem eigenen Server oder bei nolongerevil.com.
connect-wwn = Ein anderer Server
connect-wwn-about = Einer, der die API von Works with Nest spricht, etwa ein anderes Setpoint in Ihrem Netzwerk.
connect-nle-step-firmware = Installieren Sie auf dem Thermostat die Firmware von No Longer Evil, wie das Projekt es beschreibt.
connect-nle-step-own = Bei einem eigenen Server geben Sie die Adresse seines Steuerports ein, etwa http://192.168.1.10:8082.
connect-nle-step-hosted = Bei nolongerevil.com geben Sie https://nolongerevil.com und einen Schlüssel Ihres dortigen Kontos ein.
connect-wwn-step-server = Geben Sie die Adresse des Servers ein. Der des Herstellers ist seit 2023 abgeschaltet.
connect-wwn-step-token = Fügen Sie das Zugriffstoken ein, oder öffnen Sie den Rest des Formulars, um sich auf seiner Seite anzumelden.
connect-wwn-step-try = Zum Ausprobieren starten Sie auf diesem Rechner „setpoint serve“: Der Befehl gibt Adresse und Token aus.
connect-vendor-is-off = Der Hersteller hat diesen Server 2023 abgeschaltet. Für einen neueren Thermostat gehen Sie zurück und wählen die erste Antwort.
count-thermostats =
    { $count ->
        [one] ein Thermostat
       *[other] { $count } Thermostate
    }
count-cameras =
    { $count ->
        [one] eine Kamera
       *[other] { $count } Kameras
    }
count-protects =
    { $count ->
        [one] ein Protect
       *[other] { $count } Protects
    }
connected-title = Ihr Zuhause ist da
connected-reading = Ihr Zuhause wird gelesen …
connected-nothing = Noch kein Gerät
connected-open = Mein Zuhause anzeigen
unseal-passphrase = Passphrase der Datei
unseal-needs-passphrase = Geben Sie zuerst die Passphrase ein
unseal-open = Datei öffnen
sign-in-about-sdm = Googles API für neuere Nest-Geräte. Sie braucht ein eigenes Device-Access-Projekt (einmalig 5 US-Dollar), einen OAuth-Client und ein Pub/Sub-Abonnement.
google-project = Device-Access-Projekt
google-project-wrong = Das ist kein Device-Access-Projekt: Seine Kennung ist eine UUID und nicht die eines Cloud-Projekts
google-client = OAuth-Client-ID
google-client-wrong = Das ist kein OAuth-Client: Seine Kennung endet auf .apps.googleusercontent.com
google-secret = OAuth-Client-Geheimnis
google-subscription = Pub/Sub-Abonnement
google-subscription-topic = Das ist ein Thema; gebraucht wird ein Pull-Abonnement dafür
google-subscription-wrong = Das ist kein Abonnement: Es wird projects/…/subscriptions/… geschrieben
google-port = Port, an den der Browser zurückkehrt
google-port-wrong = Das ist kein Port: Wählen Sie eine Zahl von 1 bis 65535
google-needs-ids = Geben Sie zuerst das Projekt und den OAuth-Client ein
google-sign-in = Bei Google anmelden
google-guide = Bei Google einrichten, Schritt für Schritt
google-guide-about = Das dauert einmalig etwa eine halbe Stunde. Verwenden Sie auf jeder Seite dasselbe Google-Konto: das mit Ihren Nest-Geräten.
google-step = Schritt { $number }: { $title }
google-step-cloud = Ein Cloud-Projekt anlegen und zwei APIs aktivieren
google-step-cloud-about = Der Name ist beliebig; die Kennung, etwa my-home-1234, wird in Schritt 5 gebraucht. Öffnen Sie dann beide Bibliotheken, wählen Sie oben das neue Projekt und drücken Sie jeweils „Aktivieren“.
google-step-consent = Den Zustimmungsbildschirm ausfüllen und veröffentlichen
google-step-consent-about = Wählen Sie „Extern“ und füllen Sie nur das Nötige aus: Ein Logo oder weitere Links lösen eine Prüfung aus. Drücken Sie dann unter „Zielgruppe“ auf „App veröffentlichen“. Solange die App im Test bleibt, meldet Google Sie alle sieben Tage ab.
google-step-client = Einen OAuth-Client anlegen
google-step-client-about = Art „Webanwendung“; tragen Sie als autorisierte Weiterleitungs-URI genau { $address } ein. Kopieren Sie Kennung und Geheimnis in das Formular.
google-step-access = Ein Device-Access-Projekt anlegen
google-step-access-about = Stimmen Sie den Bedingungen zu und zahlen Sie einmalig 5 US-Dollar. Legen Sie ein Projekt mit der OAuth-Client-ID aus Schritt 3 an; lassen Sie Ereignisse noch ausgeschaltet. Seine Kennung ist eine UUID: Kopieren Sie sie in das Formular.
google-step-subscription = Ein Abonnement für die Ereignisse benennen
google-step-subscription-about = Geben Sie im Formular projects/IHR-PROJEKT/subscriptions/nest mit der Kennung aus Schritt 1 ein. Nach der Anmeldung kann „Einrichtung prüfen“ es samt Thema anlegen. Von Hand: Legen Sie ein Thema an, geben Sie { $group } am Thema selbst die Rolle Pub/Sub-Publisher und fügen Sie ein Abonnement der Art „Pull“ hinzu, das nie abläuft.
google-step-sign-in = Anmelden und alles erlauben
google-step-sign-in-about = Google warnt, die App sei nicht überprüft: Es ist Ihre eigene, also wählen Sie „Erweitert“ und fahren fort. Kreuzen Sie jedes Gerät an. Ein später gekauftes müssen Sie auf der Seite der Zustimmungen ankreuzen.
google-step-check = Die Einrichtung prüfen und Fehlendes anlegen
google-step-check-about = „Einrichtung prüfen“ fragt Google nach jedem Teil und sagt, wie sich beheben lässt, was nicht stimmt.
google-step-topic = Das Thema im Device-Access-Projekt eintragen
google-step-topic-about = Schalten Sie dort die Ereignisse ein und tragen Sie den vollen Namen des Themas ein, etwa projects/IHR-PROJEKT/topics/nest; drücken Sie „Add & validate“. Ohne das schickt Google keine Ereignisse.
google-link-new-project = Cloud-Projekt anlegen
google-link-device-api = Smart Device Management API (Bibliothek)
google-link-events-api = Cloud Pub/Sub API (Bibliothek)
google-link-consent = Zustimmungsbildschirm
google-link-audience = Zielgruppe
google-link-clients = OAuth-Clients
google-link-access = Konsole von Device Access
google-link-topics = Themen
google-link-subscriptions = Abonnements
google-link-consents = Ihre Zustimmungen
google-check = Einrichtung prüfen
google-make = Fehlendes anlegen
google-make-about = Legt Abonnement und Thema in Ihrem Cloud-Projekt an und lässt Google dort veröffentlichen.
google-checking = Google wird nach jedem Teil gefragt …
google-well = Alles ist in Ordnung
google-not-well = Beheben Sie das und prüfen Sie dann noch einmal
google-not-ready = Google hat Sie eingelassen, aber die Einrichtung ist nicht vollständig. Beheben Sie, was hier steht, und melden Sie sich noch einmal an; gefragt werden Sie nur, wenn es nötig ist.
google-topic-note = Ereignisse kommen, sobald genau dieses Thema in Ihrem Device-Access-Projekt steht: { $topic }
google-check-client = OAuth-Client und sein Geheimnis
google-check-consent = Anmeldung und Zustimmung
google-check-device-api = Smart Device Management API aktiviert
google-check-devices = Device-Access-Projekt und seine Geräte
google-check-events-api = Cloud Pub/Sub API aktiviert
google-check-subscription = Abonnement
google-check-topic = Thema
google-check-publisher = Google darf im Thema veröffentlichen
google-verdict-passed = in Ordnung
google-verdict-made = eben angelegt
google-verdict-mind = geht, aber
google-verdict-failed = nicht in Ordnung
google-verdict-untried = noch nicht geprüft
google-finding = { $check }: { $verdict }
google-remedy-client-unknown = Google kennt diesen OAuth-Client nicht. Kopieren Sie die Client-ID noch einmal ganz; ein gelöschter Client muss neu angelegt werden.
google-remedy-client-secret = Das Geheimnis gehört nicht zu diesem OAuth-Client. Öffnen Sie den Client, kopieren Sie sein Geheimnis oder fügen Sie ein neues hinzu, und melden Sie sich neu an.
google-remedy-redirect = Der OAuth-Client erlaubt die Adresse nicht, an die der Browser zurückkehrt. Fügen Sie genau { $address } zu seinen autorisierten Weiterleitungs-URIs hinzu.
google-remedy-sign-in-first = Mit diesem Client hat sich noch niemand angemeldet. Melden Sie sich an; alles Weitere lässt sich danach prüfen.
google-remedy-testing = Der Zustimmungsbildschirm ist im Test, deshalb meldet Google Sie nach sieben Tagen ab. Drücken Sie unter „Zielgruppe“ auf „App veröffentlichen“ und melden Sie sich noch einmal an.
google-remedy-ran-out = Die Anmeldung endete nach sieben Tagen, wie immer, solange der Zustimmungsbildschirm im Test ist. Drücken Sie unter „Zielgruppe“ auf „App veröffentlichen“ und melden Sie sich neu an: Diese Anmeldung hält.
google-remedy-ended = Google nimmt die Anmeldung nicht mehr an. Melden Sie sich neu an. Sie endet, wenn die Zustimmung entzogen wird, nach sechs Monaten ohne Gebrauch, wenn der Client im Device-Access-Projekt geändert wird, und alle sieben Tage, solange der Zustimmungsbildschirm im Test ist.
google-remedy-another-client = Die Anmeldung gehört zu einem anderen OAuth-Client. Melden Sie sich mit diesem neu an.
google-remedy-not-all = Auf Googles Seite wurde nicht alles erlaubt. Melden Sie sich neu an und lassen Sie jedes Kästchen angekreuzt: Geräte und Pub/Sub werden beide gebraucht.
google-remedy-device-api = Die Smart Device Management API ist im Cloud-Projekt des OAuth-Clients ausgeschaltet. Drücken Sie auf ihrer Seite „Aktivieren“ und warten Sie ein paar Minuten.
google-remedy-events-api = Die Cloud Pub/Sub API ist im Cloud-Projekt ausgeschaltet. Drücken Sie auf ihrer Seite „Aktivieren“ und warten Sie ein paar Minuten.
google-remedy-not-yours = Google lässt Sie nicht in dieses Device-Access-Projekt. In dessen Konsole muss genau dieser OAuth-Client stehen, und Sie müssen sich mit dem Google-Konto anmelden, dem das Zuhause gehört.
google-remedy-no-project = Dieses Device-Access-Projekt gibt es nicht. Kopieren Sie seine Kennung aus der Konsole: eine UUID und nicht die Kennung des Cloud-Projekts.
google-remedy-no-device = Noch ist kein Gerät erlaubt. Öffnen Sie die Seite der Zustimmungen, wählen Sie das Projekt und kreuzen Sie das Zuhause und jedes Gerät an; oder melden Sie sich neu an.
google-remedy-no-subscription = Es ist kein Abonnement angegeben, deshalb werden die Geräte nur einmal in der Minute gelesen, und Kameras melden nichts. Geben Sie eines ein und melden Sie sich neu an.
google-remedy-no-such-subscription = Dieses Abonnement gibt es nicht. Prüfen Sie, ob das Cloud-Projekt in seinem Namen Ihr eigenes ist; Setpoint kann es anlegen, oder legen Sie selbst ein Pull-Abonnement dieses Namens an.
google-remedy-subscription-denied = Dieses Google-Konto darf das Abonnement nicht sehen. Prüfen Sie, ob das Cloud-Projekt in seinem Namen Ihr eigenes ist und ob Sie mit dem Konto angemeldet sind, das es angelegt hat.
google-remedy-not-a-pull = Dieses Abonnement schickt seine Nachrichten anderswohin. Legen Sie ein weiteres zum selben Thema an, mit Zustellungsart „Pull“, und geben Sie dessen Namen ein.
google-remedy-expires =
    { $days ->
        [one] Google löscht das Abonnement nach einem Tag ohne Gebrauch. Bearbeiten Sie es und stellen Sie den Ablauf auf „Nie“.
       *[other] Google löscht das Abonnement nach { $days } Tagen ohne Gebrauch. Bearbeiten Sie es und stellen Sie den Ablauf auf „Nie“.
    }
google-remedy-topic-deleted = Das Thema dieses Abonnements ist weg, und kein anderes kann an seine Stelle treten. Löschen Sie das Abonnement oder wählen Sie einen anderen Namen dafür und prüfen Sie noch einmal, um beides anlegen zu lassen.
google-remedy-hosted = Dieses Thema gehört Google und bekommt ab dem 30. November 2026 keine Ereignisse mehr. Geben Sie ein eigenes Abonnement ein, projects/IHR-PROJEKT/subscriptions/nest, melden Sie sich neu an, prüfen Sie und tragen Sie dessen Thema bei Device Access ein. Die Zustimmungen bleiben.
google-remedy-topic-denied = Dieses Google-Konto darf das Thema nicht sehen oder ändern. Es muss in einem Cloud-Projekt des Kontos liegen, mit dem Sie angemeldet sind.
google-remedy-publisher = Google darf im Thema nicht veröffentlichen, deshalb kommen keine Ereignisse. Öffnen Sie das Thema, fügen Sie das Hauptkonto { $group } hinzu und geben Sie ihm die Rolle Pub/Sub-Publisher.
google-remedy-publisher-there = Die Rolle wurde am Abonnement vergeben, wo sie nichts bewirkt. Geben Sie { $group } die Rolle Pub/Sub-Publisher am Thema.
google-remedy-policy-hidden = Dieses Konto darf nicht sehen, wer im Thema veröffentlichen darf. Prüfen Sie dort, ob { $group } die Rolle Pub/Sub-Publisher hat.
google-remedy-wait = Google bittet zu warten. Prüfen Sie in einer Minute noch einmal.
google-remedy-later = Das ließ sich nicht prüfen: { $reason }. Prüfen Sie später noch einmal.
google-remedy-said = Google lehnt es ab: { $said }
sign-in-open-server = Dieser Server hat keine Anmeldung: Jeder, der ihn erreicht, kann die Heizung verstellen. Betreiben Sie ihn nur im eigenen Netzwerk.
sign-in-proxy-token = Token für einen Proxy davor
sign-in-proxy-token-hint = nur wenn dort einer steht
sign-in-hosted = Dieser Server erlaubt zwanzig Anfragen in der Minute: Was sich anderswo ändert, zeigt sich etwas später. Setpoint kennt ihn nur aus seiner Dokumentation.
sign-in-key = Schlüssel Ihres dortigen Kontos
sign-in-needs-key = Geben Sie zuerst den Schlüssel ein
sign-in-add = Diesen Server hinzufügen
sign-in-address = Adresse
sign-in-name = Anzeigename
sign-in-token = Zugriffstoken
sign-in-with-token = Mit dem Token anmelden
sign-in-otherwise = Mit einer PIN oder im Browser anmelden
sign-in-page = Anmeldeseite
sign-in-token-address = Token-Adresse
sign-in-client = Client-ID
sign-in-secret = Client-Geheimnis
sign-in-pin = PIN
sign-in-pin-hint = für den Browser leer lassen
sign-in-in-browser = Im Browser anmelden
sign-in-with-pin = Mit der PIN anmelden
sign-in-waiting-browser = Warten auf den Browser …
sign-in-waiting-service = Der Dienst wird gefragt …
sign-in-my-home = Mein Zuhause
sign-in-working = Eine Anmeldung läuft gerade
sign-in-needs-address = Geben Sie zuerst die Adresse ein
sign-in-needs-token = Geben Sie zuerst das Token ein
sign-in-needs-client = Geben Sie zuerst die Token-Adresse und die Client-ID ein
keep-token = Token aufbewahren
keep-keyring = Im Schlüsselbund
keep-memory = Nur solange Setpoint läuft
keep-sealed = In einer verschlüsselten Datei
keep-passphrase = Passphrase
keep-passphrase-hint = verschlüsselt die Datei; wird bei jedem Start abgefragt

## Der Desktop: Infobereich, Schließen des Fensters, Links

connecting = Verbindung wird aufgebaut …
tray-alarm = Rauch oder Kohlenmonoxid
tray-sign-in = Neu anmelden
tray-warmer = Wärmer, auf { $value }
tray-cooler = Kühler, auf { $value }
tray-cameras = Kameras
tray-undo = Rückgängig: { $what }
tray-nothing-to-undo = Nichts rückgängig zu machen
tray-open = Setpoint öffnen
tray-launcher = Schnellstarter
tray-quit = Beenden
tray-gone = Dieser Desktop zeigt gerade keinen Infobereich, deshalb ist stattdessen das Fenster offen.
closing-title = Soll Setpoint weiterlaufen?
closing-about = Setpoint kann im Infobereich bleiben: Dort zeigt es, was die Heizung tut, und öffnet sich mit einem Klick. In den Einstellungen lässt sich das später ändern.
closing-no-tray-title = Dieser Desktop hat keinen Infobereich
closing-no-tray-about = Ohne Infobereich endet Setpoint, wenn das Fenster geschlossen wird. GNOME zeigt einen mit der Erweiterung „AppIndicator and KStatusNotifierItem Support“; die meisten anderen Desktops bieten ihn in den Einstellungen der Leiste an.
closing-stay = Im Infobereich behalten
closing-quit = Beenden
link-title = Ein Link bittet darum
link-about = Gesendet wird erst, wenn Sie es anwenden.
link-name = Aus einem Link
left-unsent =
    { $count ->
        [one] eine Änderung konnte vor dem Ende nicht gesendet werden; sie bleibt erhalten und wird beim nächsten Start gesendet
       *[other] { $count } Änderungen konnten vor dem Ende nicht gesendet werden; sie bleiben erhalten und werden beim nächsten Start gesendet
    }
settings-on-close = Wenn das Fenster geschlossen wird
settings-on-close-about = Im Infobereich sendet Setpoint weiter, was wartet.
settings-on-close-ask = Nachfragen
settings-on-close-stay = Im Infobereich bleiben
settings-on-close-quit = Beenden
settings-tray-scrolls = Mausrad über dem Symbol
settings-tray-scrolls-about = Verstellt die Zieltemperatur des ersten angehefteten Thermostats.
launcher-keys = Eingabe führt aus · Tab ergänzt · Esc schließt
launcher-pinned = Angeheftet
launcher-first = Geräte
pin = An Infobereich und Schnellstarter heften
rename = Umbenennen
copy-value = Wert kopieren
context-menu = Mehr zu diesem Wert
unpin = Loslösen

## Mit dem Desktop starten

settings-autostart = Mit dem Desktop starten
settings-autostart-about = Im Infobereich, ohne Fenster.
autostart-other = Gestartet wird eine andere Kopie von Setpoint: { $command }. Nach dem Aus- und Wiedereinschalten startet diese hier.
autostart-sandbox = Ein Flatpak kann das noch nicht selbst umschalten; in den Einstellungen des Desktops steht, was mit ihm startet.
autostart-platform = Auf diesem System noch nicht verfügbar.
autostart-nowhere = Nicht verfügbar: Es gibt keinen persönlichen Ordner, um das zu speichern.
autostart-foreign = { $file } stammt nicht von Setpoint und bleibt deshalb unberührt. Die Einstellungen des Desktops können sie ändern.
autostart-unreadable = { $file } lässt sich nicht lesen ({ $why }).
autostart-not-written = { $file } lässt sich nicht ändern ({ $why }).
autostart-path = Ein Desktop kann kein Programm starten, dessen Pfad solche Zeichen enthält: { $file }

## Keys for the launcher

hotkey = Tasten für den Schnellstarter
hotkey-about = Sie öffnen ihn von überall, solange Setpoint läuft.
hotkey-choose = Wählen …
hotkey-press = Drücken Sie die Tasten …
hotkey-remove = Entfernen
hotkey-nothing-held = Halten Sie dazu Strg oder Alt, damit das Tippen ihn nicht öffnet.
hotkey-unknown = Möglich sind Buchstaben, Ziffern, die Leertaste und F1 bis F12.
hotkey-escape = Esc lässt es, wie es war.
hotkey-denied = Ein anderes Programm hat diese Tasten, oder der Desktop vergibt sie nicht.
hotkey-unavailable = Dieser Desktop gibt Programmen keine Tasten. In seinen Einstellungen lässt sich „setpoint launcher“ auf eine Taste legen.
hotkey-asking = Der Desktop wird gefragt.
hotkey-given = Der Desktop hat diese vergeben: { $keys }

## Notifications

notify = Benachrichtigungen
notify-alarms = Rauch und Kohlenmonoxid
notify-people = Eine Person vor einer Kamera
notify-motion = Jede Bewegung vor einer Kamera
notify-refused = Eine Änderung, die nicht erfolgt ist
notify-sign-in = Eine nötige Anmeldung
notify-offline = Ein Gerät, das zehn Minuten offline ist
notify-cameras-about = Auf der Seite einer Kamera lässt sich für sie etwas anderes wählen.
notify-camera = Benachrichtigungen
notify-camera-about = Was diese Kamera sieht, während niemand auf das Fenster schaut.
notify-camera-usual = Wie in den Einstellungen
notify-camera-nothing = Nichts
notify-camera-people = Personen
notify-camera-movement = Personen und jede Bewegung
notify-quiet = Ruhezeit
notify-quiet-from = Ruhe von
notify-quiet-until = Ruhe bis
notify-quiet-about = Dann werden nur Rauch und Kohlenmonoxid gemeldet.
notify-not-set = { $device }: { $field } wurde nicht geändert
notify-may-have-arrived = { $device }: { $field } wurde vielleicht geändert
notify-expired = Der Dienst war zu lange nicht erreichbar; die Änderung ist abgelaufen.
notify-burst =
    { $count ->
        [one] Eine Meldung
       *[other] { $count } Meldungen
    }

## Die Konsole

action-console = Anfragen an die API senden
console-pages = Seiten für Entwickler
console-requests = API
console-tree = Baum
console-no-account = Kein Konto ist geöffnet
console-no-account-about = Anfragen lassen sich senden, sobald ein Konto geöffnet ist. Bis dahin sagen die Einstellungen, was fehlt.
console-account = Konto
console-method = Methode
console-path = Pfad
console-body = Inhalt, als JSON
console-format = Formatieren
console-format-not-json = Nur JSON lässt sich formatieren
console-format-is = Es ist schon formatiert
console-fields = Was hier geschrieben werden kann
console-field = { $name } in den Inhalt setzen
console-stream = Als Strom von Ereignissen
console-stream-about = Läuft, bis Sie ihn anhalten
console-raw = Roh
console-raw-about = Umgeht Regeln, Anfragelimit und Verlauf
console-raw-warning = Wird gesendet, wie es ist: Nichts wird geprüft, und es lässt sich nicht rückgängig machen
console-send = Senden
console-send-raw = Roh senden
console-stop = Anhalten
console-left = Das vorher Getippte zurückholen
console-as-code = Als Code
console-as-code-not = Die Anfrage ist noch nicht vollständig
console-examples = Beispiele
console-example-read = Das ganze Zuhause lesen
console-example-follow = Alle Änderungen verfolgen
console-example-set = { $device } auf { $value } stellen
console-answer = Antwort
console-answer-none = Hier steht, was der Dienst antwortet
console-writing = Wird nach Regeln und Anfragelimit gesendet …
console-asking = Die Anfrage läuft …
console-parts = Welcher Teil der Antwort
console-body-part = Inhalt
console-events = Ereignisse
console-headers = Kopfzeilen
console-reaction = Wirkung
console-reaction-none = Seither hat sich im Zuhause nichts geändert
console-more-changes = Und { $count } weitere
console-was-raw = Roh gesendet
console-stopped = Angehalten
console-cut = Die Antwort wurde bei { $megabytes } MB abgeschnitten; der Rest wurde nicht gelesen
console-timed-out = Der Dienst hat nicht innerhalb von { $seconds } s geantwortet
console-done = Erledigt und vom Dienst bestätigt
console-accepted = Angenommen; der Dienst hat es noch nicht bestätigt
console-unconfirmed = Angenommen; der Dienst hat es noch nicht bestätigt
console-expired = Vor dem Senden abgelaufen
console-discarded = Zurückgezogen
console-superseded = { $what }: durch eine neuere Änderung ersetzt
console-unchanged = { $what }: bereits eingestellt
console-waiting = { $what }: wartet und wird gesendet, sobald es geht
console-receiving = Wird empfangen …
console-empty-body = Kein Inhalt
console-preparing = Wird lesbar gemacht …
console-search = In der Antwort suchen
console-hit-before = Voriger Treffer
console-hit-after = Nächster Treffer
console-fold = Alles einklappen
console-unfold = Alles ausklappen
console-copy-body = Alles kopieren
console-copy-bytes = Es ist kein Text
console-bytes = { $count } Bytes, die kein Text sind; die ersten davon:
console-event-count = Ereignisse: { $count }, das neueste zuerst
console-events-dropped = frühere, nur gezählt: { $count }
console-broken-json = Es beginnt wie JSON, ist aber keines: { $why }
json-not-json = ab Zeile { $line }, Spalte { $column } kein JSON
json-not-text = kein Text in UTF-8
json-too-deep = tiefer als { $levels } Ebenen verschachtelt
json-too-large = zu groß für die Anzeige
console-lists = Welche Liste von Anfragen
console-history = Verlauf
console-collections = Sammlungen
console-history-search = Anfragen durchsuchen
console-history-empty = Noch nichts gesendet
console-history-clear = Die aufgeführten Anfragen vergessen
console-history-back = { $count } zurückholen
console-again = Erneut eintippen: { $what }
console-collections-empty = Noch nichts gespeichert
console-keep = Speichern
console-keep-replace = Ersetzen
console-keep-name = Name
console-keep-collection = Sammlung
console-keep-unnamed = Eine Anfrage wird unter einem Namen in einer Sammlung gespeichert
console-put-back = { $name } zurückholen
console-remove = { $name } entfernen
console-copy-as-postman = Für Postman kopieren
console-copy-postman = { $name } als Postman-Sammlung kopieren
console-import = Eine Postman-Sammlung importieren
console-import-text = Fügen Sie die Sammlung hier ein oder ziehen Sie ihre Datei auf das Fenster
console-import-take = Importieren
console-import-empty = Noch nichts eingefügt
requests-set-aside = Die gesendeten und gespeicherten Anfragen waren nicht lesbar. Die Datei wurde als { $path } aufbewahrt und eine neue begonnen
requests-stuck = Die gesendeten und gespeicherten Anfragen waren nicht lesbar, und die Datei ließ sich nicht beiseitelegen ({ $why }): { $path }
requests-not-saved = Die Liste der Anfragen ließ sich nicht speichern: { $why }
holds-degrees = { $low } bis { $high }, in Schritten von { $step }
holds-text = Text
holds-text-most = Text mit höchstens { $most } Zeichen
problem-leaves = { $path } ist kein Pfad unter der Adresse des Dienstes
problem-not-json = Kein JSON: Zeile { $line }, Spalte { $column }: { $detail }
problem-body-too-much = { $method } hat keinen Inhalt
problem-body-missing = { $method } braucht einen Inhalt: was geschrieben wird, als JSON
problem-method = Dieser Dienst kennt { $has }, aber kein { $method }
problem-stream = Ein Strom von Ereignissen wird mit GET gelesen
problem-path = Unter { $path } ist nichts
problem-path-near = Unter { $path } ist nichts, soweit bekannt; { $nearest } gibt es
problem-not-writable = { $path } wird nicht als Ganzes geschrieben, sondern ein Gerät, ein Zuhause oder einer ihrer Werte
problem-read-only = Lässt sich nicht schreiben: { $fields }
problem-wrong-kind = Ein Wert ist von anderer Art als sein Feld
problem-not-understood = Die Regeln können diese Anfrage nicht prüfen, und der Verlauf kann sie nicht aufnehmen; sie lässt sich nur roh senden

postman-secret = ein Geheimnis { $where } wurde nicht importiert
postman-in-sign-in = bei der Anmeldung
postman-in-name = im Namen
postman-in-description = in der Beschreibung
postman-in-address = in der Adresse
postman-in-query = in den Parametern der Adresse
postman-in-body = im Inhalt
postman-in-header = in der Kopfzeile { $name }
postman-in-variable = in der Variablen { $name }
postman-sign-in = die Anmeldung mit { $kind } wurde nicht importiert; das Konto meldet sich an
postman-no-sign-in = sie verlangt keine Anmeldung; hier gilt die Anmeldung des Kontos
postman-script = das Skript { $name } wurde nicht importiert
postman-body = der Inhalt wurde nicht importiert: Er ist { $kind }
postman-form = ein Formular
postman-file = eine Datei
postman-graphql = eine Abfrage in GraphQL
postman-body-too-much = der Inhalt wurde nicht importiert, da { $method } keinen hat
postman-body-off = der abgeschaltete Inhalt wurde nicht importiert
postman-header = die Kopfzeile { $name } wurde nicht importiert
postman-elsewhere = sie ging an eine andere Adresse; hier geht sie an das Konto
postman-header-off = die abgeschaltete Kopfzeile { $name } wurde nicht importiert
postman-query-off = der abgeschaltete Parameter { $name } der Adresse wurde nicht importiert
postman-description = die Beschreibung wurde nicht importiert
postman-examples = die Beispiele für Antworten wurden nicht importiert
postman-variable = die Variable { $name } hat keinen Wert und bleibt unverändert
postman-method = die Anfrage wurde nicht importiert, da { $name } keine Methode ist, die hier gesendet werden kann
postman-no-address = die Anfrage wurde nicht importiert, da sie keine Adresse hat
postman-more = weitere Teile, die hier nicht stehen, wurden nicht importiert
postman-odd = ein Eintrag, der weder Anfrage noch Ordner ist, wurde nicht importiert
postman-too-large = Die Datei ist größer als 16 MB
postman-no-json = Die Datei ist kein JSON ({ $why })
postman-old = Das ist eine Sammlung im Format v1; Postman exportiert sie auch als v2.1
postman-environment = Das ist eine Umgebung von Postman, die keine Anfragen enthält
postman-no-collection = Die Datei ist keine Sammlung von Postman: „info“ und „item“ fehlen
