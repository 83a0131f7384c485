# Les textes de la fenêtre en français. L’anglais sert de mesure : un test compare les langues.
# Les valeurs telles que températures et heures arrivent comme on les écrit dans la langue.

## Words

on = Marche
off = Arrêt
yes = oui
no = non
unknown = inconnu
save = Enregistrer
cancel = Annuler
cancel-what = Annuler : { $what }
close = Fermer
open = Ouvrir
undo = Annuler
redo = Rétablir
retry = Réessayer
dismiss = Ignorer
apply = Appliquer
back = Retour
quoted = « { $text } »
percent = { $value } %
thermostat = Thermostat
camera = Caméra
protect = Protect
structure = Domicile
simulated-home = Domicile simulé

## Units and times

degrees-celsius = { $degrees } degrés Celsius
degrees-fahrenheit = { $degrees } degrés Fahrenheit
value-none = vide
value-cancelled = annulée
value-from = à partir de { $low }
value-to = jusqu’à { $high }
duration-min = { $minutes } min
duration-h = { $hours } h
duration-h-min = { $hours } h { $minutes } min
time-about = environ { $time }
time-under = moins de { $time }
time-learning = en apprentissage
time-over = plus de { $time }
date-time = { $day } { $month } { $time }
month-short =
    { $month ->
        [1] janv.
        [2] févr.
        [3] mars
        [4] avr.
        [5] mai
        [6] juin
        [7] juil.
        [8] août
        [9] sept.
        [10] oct.
        [11] nov.
       *[12] déc.
    }

## Values that can be set

field-away = Présence
field-name = Nom
field-eta = Arrivée prévue
field-scale = Affichage du thermostat
field-target = Température cible
field-range = Plage cible
field-mode = Mode
field-fan = Ventilateur
field-fan-duration = Durée de ventilation
field-label = Libellé
field-streaming = Caméra
mode-heat = Chauffage
mode-cool = Climatisation
mode-heat-cool = Chaud · Froid
mode-eco = Eco
mode-off = Arrêt
away-home = Présent
away-away = Absent

## What a thermostat does

doing-heating = Chauffe
doing-heating-to = Chauffe jusqu’à
doing-cooling = Refroidit
doing-cooling-to = Refroidit jusqu’à
doing-holding = Maintient
doing-idle = Au repos
dial-state = Pièce { $room }, { $doing }
doing-eco-between = Eco { $limits }
offline = Hors ligne
offline-since = Hors ligne depuis { $time }
last-connection = dernière connexion : { $time }
saves-energy = Économise l’énergie

## The chart

weekday-short =
    { $weekday ->
        [1] lun.
        [2] mar.
        [3] mer.
        [4] jeu.
        [5] ven.
        [6] sam.
       *[7] dim.
    }
chart-weekday-day = { $weekday } { $day }
chart-day-month = { $day } { $month }
chart-full-day = { $weekday } { $day }
duration-s = { $seconds } s
chart-today = Aujourd’hui
chart-yesterday = Hier
chart-period = Période
chart-day = Jour
chart-week = Semaine
chart-month = Mois
chart-year = Année
chart-earlier = Plus tôt
chart-later = Plus tard
chart-newest = C’est la période la plus récente
chart-dates = Choisir des dates
chart-from = Du
chart-to = Au
chart-show = Afficher
chart-no-date = Écrivez un jour comme { $day }, un mois ou une année
chart-dates-order = Le premier jour est après le dernier
chart-dates-long = Vingt ans au plus peuvent être affichés
chart-dates-future = Le premier jour est encore à venir
chart-no-data = pas de données
chart-reading = Lecture de l’historique…
chart-failed = L’historique ne peut pas être lu : { $reason }
chart-empty = On ne sait rien de cette période
chart-room = Pièce de { $low } à { $high }
chart-heated = chauffé { $time }
chart-cooled = climatisé { $time }
chart-away = absent { $time }
chart-eco = Eco { $time }
chart-changes = { $count } changements
chart-changes-more = { $count } changements ou plus
chart-no-gap = sans lacune
chart-gap = une lacune de { $time }
chart-gaps = { $count } lacunes, { $time } en tout
chart-said = { $device }, { $span } : { $facts }
chart-keys = Les flèches lisent les valeurs. Page précédente et Page suivante montrent la période d’avant et d’après, plus et moins agrandissent et réduisent.
chart-at-room = pièce { $degrees }
chart-at-low = chauffe à { $degrees }
chart-at-high = climatise à { $degrees }
chart-at-outdoor = dehors { $degrees }
chart-at-humidity = humidité { $percent }
chart-outdoor = Afficher dehors
chart-humidity = Afficher l’humidité
chart-as-table = Afficher en tableau
chart-as-chart = Afficher en graphique
chart-copy = Copier en CSV
chart-copy-about = Les lignes du tableau, pour un tableur
chart-column-time = Heure
chart-column-room = Pièce
chart-column-heated = Chauffé
chart-column-cooled = Climatisé
chart-column-outdoor = Dehors
chart-column-known = Connu

## Files that are saved

chart-picture = Enregistrer l’image
file-saved = Enregistré sous { $path }
file-not-saved = Pas enregistré : { $why }

## The history and exports of Google

history-file = l’historique ne peut pas être ouvert : { $why }
history-full = le disque est plein ; rien n’a été changé
history-locked = un autre programme écrit dans l’historique ; réessayez quand il aura fini
history-read-only = l’historique ne peut pas être changé : son fichier ou son dossier est en lecture seule
history-newer = l’historique a été écrit par un Setpoint plus récent (version { $version } de son fichier), celui-ci n’y touche donc pas
history-damaged = le fichier de l’historique est endommagé
history-no-device = il n’y a pas de thermostat « { $name } » dans l’historique ; `setpoint history info` les énumère
history-several = « { $name } » peut désigner { $among } ; précisez le nom
history-circle = { $one } parle déjà de { $other }, les deux ne peuvent donc pas être réunis
history-other = l’historique est inutilisable : { $why }
export-file = { $path } : { $why }
export-zip = { $path } ne peut pas être lu : { $why }. Si le téléchargement a été interrompu, recommencez-le
export-too-large = { $path } devient bien plus grand qu’un export une fois décompressé, rien n’en a donc été repris
export-too-many = { $path } a plus de { $most } fichiers
export-nothing = rien d’un thermostat n’a été trouvé dans { $path } : un export contient HvacRuntime.jsonl, …-sensors.csv ou …-summary.json
line-long = La ligne dépasse { $most } octets
line-not-text = La ligne n’est pas du texte
line-no-object = Ce n’est pas un objet avec les valeurs d’un intervalle : { $why }
line-no-summary = Ce n’est pas un résumé de jours : { $why }
line-day = { $day } : { $why }
line-missing = { $field } manque
line-no-id = device_id n’est pas l’identifiant d’un thermostat
line-value = { $field } vaut { $value }
line-no-time = { $text } n’est pas une heure
line-order = L’intervalle se termine avant son début
line-no-run = Un cycle n’a pas de début ou pas de durée
line-width = Aucun intervalle ne dure { $width } s
line-out-of-time = Aucun thermostat ne peut parler de cette époque
line-seconds = { $seconds } s ne tiennent pas dans { $width } s
line-future = L’intervalle est dans le futur
line-devices = L’export contient plus de { $most } thermostats
import-cancelled = l’import a été annulé, et rien n’a été repris
import-several = l’export parle de plusieurs thermostats ({ $names }) ; importez-le sans --device, puis utilisez `setpoint history join`

## Schedules

schedule-problem = { $place } : { $why }
schedule-place-file = le fichier
schedule-place-level = niveau « { $name } »
schedule-place-schedule = programme « { $name } »
schedule-place-thermostat = thermostat « { $name } »
schedule-place-dates = période « { $name } »
schedule-place-rule = règle « { $name } »
schedule-place-limits = les limites
schedule-place-coordinates = le lieu
schedule-place-entry = entrée { $number } de « { $table } »
schedule-not-toml = la ligne { $line } est incorrecte : { $why }
schedule-set-aside = il était endommagé ; il est conservé sous { $path }, et un nouveau commence
schedule-stuck = { $path } est endommagé et ne peut pas être renommé : { $why }
schedule-newer = une version plus récente de Setpoint l’a écrit
schedule-unknown-key = « { $key } » est inconnu ; connus : { $known }
schedule-missing = « { $key } » manque
schedule-wrong-kind = « { $key } » a une valeur d’un autre type que prévu
schedule-bad-name = un nom a de 1 à { $most } caractères affichables
schedule-name-taken = ce nom est déjà pris
schedule-too-many = il y en a plus de { $most }
schedule-no-temperature = « { $text } » n’est pas une consigne ; elle est entre 9 et 32 °C, ou 50 et 90 °F
schedule-crossed = le chauffage commencerait au-dessus de la température de refroidissement
schedule-no-setpoint = il n’a de consigne ni pour chauffer ni pour refroidir
schedule-no-start-text = « { $text } » n’est pas un début ; écrivez une heure et un niveau, comme 06:30 Home
schedule-no-time = « { $text } » n’est pas une heure ; écrivez-la comme 06:30
schedule-no-level = il n’y a pas de niveau « { $level } »
schedule-same-time = { $day } a deux débuts à { $time }
schedule-no-start = il n’y a de début aucun jour
schedule-no-schedule = il n’y a pas de programme « { $schedule } »
schedule-no-date = « { $text } » n’est pas une date ; écrivez-la comme 2026-12-20
schedule-backwards = le dernier jour précède le premier
schedule-no-thermostat = il n’y a pas de thermostat « { $name } », ou plus d’un
rule-no-number = { $text } n’est pas un nombre qui convient
rule-no-word = « { $text } » est inconnu ; sont connus : { $known }
rule-no-span = « { $text } » n’est pas une durée d’une semaine au plus ; écrivez 10 min ou 2 h
rule-bad-text = le texte de « { $key } » doit compter 1 à { $most } caractères affichables
rule-no-device = il n’y a pas de « { $name } » ici, ou plusieurs
rule-bad-command = « { $command } » : { $why }
rule-beyond-limits = { $setpoint } sort des limites de toutes les règles, { $lowest } à { $highest }
rule-no-preset = il n’y a pas de scène « { $name } »
rule-no-humidity = { $name } n’indique pas d’humidité
rule-not-in-settings = les réglages n’ont pas de « { $name } »
rule-no-place = le lever et le coucher du soleil demandent un lieu ; indiquez sa latitude et sa longitude
rule-no-device-of-trigger = « {"{"}device{"}"} » demande des déclencheurs qui concernent un appareil
rule-the-device = le même appareil
rules = Règles
automation-pages = Programme ou règles
rule-new = Nouvelle règle
rule-undo = Annuler la dernière modification des règles
rule-edit = Modifier
rule-edit-of = Modifier { $rule }
rule-try-of = Essayer { $rule } sur les 30 derniers jours
rule-remove-of = Supprimer { $rule }
rule-line-when = Quand : { $what }
rule-line-or = ou : { $what }
rule-line-if = si : { $what }
rule-line-and = et : { $what }
rule-line-then = alors : { $what }
rule-last = Dernière fois { $time } : { $reason }
rule-never = Elle n’a pas encore agi.
rule-off = Elle est désactivée.
rule-log = Ce que les règles ont fait
rule-act-held = { $name } : { $value } jusqu’à { $time }
rule-act-resume = { $name } : maintien arrêté
rule-act-end-eco = { $name } : Eco arrêté
rule-act-notify = notifié
rule-act-program = programme externe { $name }
rule-act-request = requête { $name }
rule-outcome-open = en cours
rule-outcome-unconfirmed = accepté, pas encore affiché
rule-outcome-may-have-arrived = peut-être arrivé
rule-outcome-refused = refusé : { $why }
rule-outcome-superseded = quelqu’un a choisi une autre valeur entre-temps
rule-holds = vrai : { $condition }
rule-holds-not = faux : { $condition }
rule-holds-unknown = inconnu : { $condition }
rule-none = Aucune règle
rule-none-about = Une règle agit d’elle-même : quand quelque chose arrive et si des conditions sont remplies. Commencez par l’une de celles-ci ; chacune se modifie et s’essaie sur les 30 derniers jours.
rule-templates = Autres modèles
rule-template-add = Ajouter
rule-template-add-of = Ajouter la règle { $name }
rule-template-save-energy-about = Les thermostats passent en Eco, sauf ceux qui sont éteints.
rule-template-amiss-about = Une notification en cas de fumée, de monoxyde de carbone, de gel, de chauffage ou de refroidissement sans effet, d’appareils qui restent hors ligne, de modifications échouées et de comptes qui demandent une nouvelle connexion.
rule-template-welcome-about = Eco et les maintiens des règles s’arrêtent, et le mode précédent revient.
rule-template-night-about = Les thermostats prennent le niveau de sommeil à 22:30.
rule-template-window-about = Une pièce qui se refroidit en quelques minutes n’est chauffée qu’à 10 °C, pendant une heure ou jusqu’à ce qu’elle se réchauffe.
rule-limits = Limites et lieu
rule-limits-about = Aucune règle ne franchit les limites. Le lever et le coucher du soleil sont ceux du lieu, en degrés nord et est.
rule-limits-crossed = La consigne la plus basse dépasserait la plus haute
rule-lowest = Minimum
rule-highest = Maximum
rule-latitude = Latitude
rule-longitude = Longitude
rule-tried-nothing = Rien n’a été enregistré ces 30 derniers jours
rule-tried =
    { $acted ->
        [0] Ces 30 derniers jours, elle n’aurait pas agi
        [one] Ces 30 derniers jours, elle aurait agi une fois, { $against ->
            [0] et personne n’a choisi autre chose peu après
            [one] et une fois quelqu’un a choisi autre chose peu après
           *[other] et { $against } fois quelqu’un a choisi autre chose peu après
        }
       *[other] Ces 30 derniers jours, elle aurait agi { $acted } fois, { $against ->
            [0] et personne n’a choisi autre chose peu après
            [one] et une fois quelqu’un a choisi autre chose peu après
           *[other] et { $against } fois quelqu’un a choisi autre chose peu après
        }
    }
rule-tried-on =
    Enregistré depuis { $time }. { $skipped ->
        [0] Il n’y a pas eu d’autre occasion.
        [one] Une autre occasion n’aurait rien donné.
       *[other] { $skipped } autres occasions n’auraient rien donné.
    }
rule-tried-unseen = L’historique ne contient ni modifications échouées ni connexions de comptes ; ces déclencheurs ne sont pas essayés.
rule-tried-against = { $time } : { $by } a réglé { $name } sur { $chosen }, après { $planned } à { $acted }
rule-trial-close = Fermer l’essai
rule-name = Nom
rule-section-when = Quand
rule-section-if = Si
rule-section-then = Alors
rule-add-trigger = Ajouter un déclencheur
rule-add-condition = Ajouter une condition
rule-add-action = Ajouter une action
rule-remove-part = Supprimer : { $what }
rule-needs-parts = Une règle demande un déclencheur et une action
rule-save = Enregistrer la règle
rule-cancel = Abandonner les modifications de la règle
rule-late = Retard admis
outside-programs = Programmes externes des règles
outside-programs-about = Une règle peut en lancer un. Il reçoit les arguments tels quels, sans shell ni jeton, et est arrêté après 30 s. SETPOINT_RULE, SETPOINT_DEVICE et SETPOINT_REASON lui disent pourquoi.
outside-path = Programme, avec son chemin complet
outside-arguments = Arguments, un par ligne
outside-add-program = Ajouter le programme externe
outside-requests = Requêtes des règles
outside-requests-about = Une règle peut en envoyer une par HTTP, par exemple à votre serveur domestique. Aucun jeton de compte ne l’accompagne, et aucune redirection n’est suivie.
outside-url = Adresse
outside-body = Corps (POST et PUT) ; s’il est vide, l’occasion en JSON
outside-method = Méthode
outside-add-request = Ajouter la requête
outside-not-absolute = Écrivez le chemin complet du programme, comme /usr/bin/notify-send
outside-no-file = Il n’y a pas de fichier à ce chemin
outside-too-long = C’est trop long
outside-no-address = Ce n’est pas une adresse du web : écrivez http://… ou https://…
rule-outside-about = Les programmes externes et les requêtes se saisissent dans les réglages, sous Règles.
rule-rate = Nombre maximal par heure
rule-device = Appareil
rule-home = Domicile
rule-any-home = n’importe quel domicile
rule-account = Compte
rule-any-account = n’importe quel compte
rule-side = Au-dessus ou en dessous
rule-above = au-dessus de
rule-below = en dessous de
rule-threshold = Seuil
rule-lasts = Pendant combien de temps
rule-at-once = aussitôt
rule-sunrise = lever du soleil
rule-sunset = coucher du soleil
rule-offset = Avant ou après
rule-no-offset = exactement
rule-before = { $time } avant
rule-after = { $time } après
rule-then-notify-why = notifier la raison
rule-left-alone = { $count } sans changement
rule-try = Essayer sur 30 jours
rule-sees-person = voit une personne
rule-sees-motion = voit un mouvement
rule-hears-sound = entend un bruit
rule-sees-anything = voit ou entend quelque chose
rule-danger-any = fumée ou monoxyde de carbone
rule-danger-smoke = fumée
rule-danger-co = monoxyde de carbone
rule-phase = Début ou fin
rule-begins = commence
rule-is-over = est terminé
rule-from = De
rule-to = À
rule-is-online = est en ligne
rule-is-offline = est hors ligne
rule-is-on = est allumée
rule-is-off = est éteinte
rule-command-about = Comme dans la palette : all eco, hallway 21, hallway 21 for 2h. { "{" }device{ "}" } est l’appareil du déclencheur.
rule-notify-about = { "{" }why{ "}" } est la raison en mots, { "{" }device{ "}" } l’appareil du déclencheur.
rule-kind-presence = Présent ou absent
rule-kind-arrival = Arrivée
rule-kind-time = Heure
rule-kind-sun = Lever ou coucher du soleil
rule-kind-room = Température de la pièce
rule-kind-humidity = Humidité
rule-kind-camera = Événement de caméra
rule-kind-alarm = Alarme de fumée ou de CO
rule-kind-offline = Appareil hors ligne
rule-kind-no-effect = Chauffage ou refroidissement sans effet
rule-kind-window = Fenêtre ouverte
rule-kind-signed-out = Compte déconnecté
rule-kind-failed = Modification échouée
rule-kind-between = Plage horaire
rule-kind-dates = Dates
rule-kind-mode = Mode
rule-kind-online = Appareil en ligne
rule-kind-camera-on = Caméra allumée
rule-kind-command = Commande
rule-kind-level = Niveau de confort
rule-kind-end-eco = Arrêter Eco
rule-kind-resume = Arrêter un maintien
rule-kind-preset = Scène
rule-kind-notify = Notification
rule-kind-program = Programme externe
rule-kind-request = Requête
rule-chases = les règles « { $one } » et « { $other } » se déclenchent l’une l’autre et alterneraient
as-text = En texte
schedule-as-text-about = Tous les niveaux, programmes et dates, à conserver ou à transmettre. Les entrées importées remplacent celles du même nom.
rule-as-text-about = Toutes les règles, à conserver ou à transmettre. Une règle importée remplace celle du même nom.
as-text-copy = Copier
as-text-copied = Copié
as-text-field = Texte à importer
as-text-hint = Collez le texte ici
as-text-take = Importer
as-text-empty = Il n’y a pas encore de texte
as-text-nothing = Il n’y a rien de nouveau
as-text-taken = Importé
rule-any-room = une pièce
rule-any-thermostat = un thermostat
rule-any-camera = une caméra
rule-any-alarm = un détecteur de fumée
rule-any-device = un appareil
rule-all-thermostats = tous les thermostats
rule-days-all = tous les jours
rule-days-work = du lundi au vendredi
rule-days-weekend = samedi et dimanche
rule-days-list = { $days }, { $day }
rule-for = { $what } pendant { $time }
rule-room-above = { $of } : plus de { $value }
rule-room-below = { $of } : moins de { $value }
rule-humidity-above = { $of } : humidité de plus de { $percent } %
rule-humidity-below = { $of } : humidité de moins de { $percent } %
rule-offline = { $of } est hors ligne
rule-when-away = tout le monde est parti
rule-when-away-of = tout le monde a quitté { $home }
rule-when-home = quelqu’un rentre
rule-when-home-of = quelqu’un rentre à { $home }
rule-when-arrival = une arrivée est annoncée
rule-when-arrival-of = une arrivée à { $home } est annoncée
rule-when-time = à { $time }, { $days }
rule-when-sunrise = au lever du soleil, { $days }
rule-when-sunset = au coucher du soleil, { $days }
rule-when-before-sunrise = { $time } avant le lever du soleil, { $days }
rule-when-before-sunset = { $time } avant le coucher du soleil, { $days }
rule-when-after-sunrise = { $time } après le lever du soleil, { $days }
rule-when-after-sunset = { $time } après le coucher du soleil, { $days }
rule-when-person = { $of } voit une personne
rule-when-motion = { $of } voit un mouvement
rule-when-sound = { $of } entend un bruit
rule-when-anything = { $of } voit ou entend quelque chose
rule-when-smoke = { $of } signale de la fumée
rule-when-co = { $of } signale du monoxyde de carbone
rule-when-alarm = { $of } signale de la fumée ou du monoxyde de carbone
rule-when-smoke-over = { $of } ne signale plus de fumée
rule-when-co-over = { $of } ne signale plus de monoxyde de carbone
rule-when-alarm-over = fin de l’alarme : { $of }
rule-when-no-effect = { $of } chauffe ou refroidit sans effet
rule-when-window-open = { $of } se refroidit vite, comme fenêtre ouverte
rule-when-window-closed = { $of } se réchauffe, comme fenêtre fermée
rule-when-signed-out = un compte demande une nouvelle connexion
rule-when-signed-out-of = le compte { $account } demande une nouvelle connexion
rule-when-failed = une modification a été refusée ou jamais envoyée
rule-when-failed-of = une modification de { $name } a été refusée ou jamais envoyée
rule-if-away = tout le monde est absent
rule-if-away-of = personne n’est à { $home }
rule-if-home = quelqu’un est présent
rule-if-home-of = quelqu’un est à { $home }
rule-if-between = entre { $from } et { $to }, { $days }
rule-if-dates = du { $first } au { $last }
rule-if-mode = { $of } est en mode { $mode }
rule-if-online = { $of } est en ligne
rule-if-camera-on = { $of } est en marche
rule-if-camera-off = { $of } est à l’arrêt
rule-then-command = exécuter « { $command } »
rule-then-level = mettre { $of } sur { $level }
rule-then-end-eco = arrêter Eco : { $of }
rule-then-resume = arrêter le maintien : { $of }
rule-then-preset = appliquer la scène { $name }
rule-then-notify = notifier : { $text }
rule-then-program = lancer le programme externe { $name }
rule-then-request = envoyer la requête { $name }
rule-template-save-energy = Économiser l’énergie, maison vide
rule-template-amiss = Prévenir si quelque chose ne va pas
rule-template-welcome = Bienvenue à la maison
rule-template-night = Nuit
rule-template-window = Pause du chauffage, fenêtre ouverte
rule-template-window-over = Reprendre, fenêtre refermée
schedule-warning-close = { $first } et { $second } sont à moins d’un quart d’heure
schedule-warning-gap = { $level } : chauffage et refroidissement sont à moins de { $gap }, ce que le mode chauffage et refroidissement ne permet pas
schedule-warning-limits = { $level } : { $setpoint } est hors de ce que le thermostat permet à présent, { $low } à { $high }
schedule-warning-no-heat = { $level } n’a pas de consigne pour chauffer
schedule-warning-no-cool = { $level } n’a pas de consigne pour refroidir

## Runs of schedules and holds

run-other-mode = le thermostat était dans un autre mode qu’avant le maintien
run-beyond-limits = la consigne sort des limites de toutes les règles
run-too-cold = la pièce est trop froide pour se passer de chauffage, ou sa température n’est pas connue
rule-skip-not-so = une condition n’était pas remplie
rule-skip-unknown = nul ne savait si une condition était remplie
rule-skip-missed = c’était fini avant que la règle puisse agir ; elle avait agi trop souvent ou attendait un thermostat
rule-skip-late = c’était trop tard : Setpoint était arrêté, l’ordinateur en veille, la règle avait agi trop souvent, ou ses appareils étaient injoignables
rule-skip-late-several = { $count } occasions étaient en retard : Setpoint était arrêté, l’ordinateur en veille, la règle avait agi trop souvent, ou ses appareils étaient injoignables
rule-skip-by-rule = la règle « { $rule } » l’a causé, et les règles ne se déclenchent pas entre elles
run-start-skipped = { $name } : { $level } n’a pas été réglé
run-hold-over = { $name } : le maintien s’est terminé sans changement
run-already-so = le thermostat affichait déjà cette valeur
run-changed-by-hand = quelqu’un l’avait modifiée à la main
run-held = un maintien était en cours
run-asleep = le programme ne tournait pas, ou l’ordinateur dormait
run-asleep-several = le programme ne tournait pas, ou l’ordinateur dormait : { $count } débuts sont passés
run-offline = le thermostat était injoignable
run-not-sent = ce n’a pas été envoyé
run-no-setpoint = le thermostat n’avait pas de consigne dans son mode
run-lacks-level = le niveau n’a pas de consigne pour ce mode
run-nothing-before = la valeur précédente n’est pas connue
run-other-value = le thermostat n’avait plus la valeur maintenue

## The schedule page

schedule-try = Essayer sur les 30 derniers jours
simulated-try = Essayer sur une journée simulée
simulated-try-of = Essayer { $rule } sur une journée simulée
simulated-runs =
    { $count ->
        [1] Journée simulée, { $time } : une action
       *[other] Journée simulée, { $time } : { $count } actions
    }
simulated-over =
    { $count ->
        [1] La journée simulée est finie : une action
       *[other] La journée simulée est finie : { $count } actions
    }
simulated-about = Une copie de votre maison un jour d’hiver, 600 fois plus vite, avec les autres règles actives. Rien n’atteint vos appareils et aucun programme n’est lancé.
simulated-progress = Partie écoulée de la journée
simulated-room = { $name } : { $room } dans la pièce ; la consigne est en tirets
simulated-pause = Pause
simulated-go-on = Continuer
simulated-to-the-end = Jusqu’à la fin de la journée
simulated-started = { $level } commence : { $value }
simulated-no-setpoint = pas de consigne dans ce mode
simulated-hold-ended = Le maintien de { $name } se termine : { $value }
simulated-leaves = Tout le monde quitte { $name }
simulated-returns = Quelqu’un rentre : { $name }
simulated-window-opens = Une fenêtre s’ouvre : { $name }
simulated-window-closes = La fenêtre se ferme : { $name }
simulated-person = Une personne devant { $name }
simulated-offline = { $name } est injoignable
simulated-online = { $name } est à nouveau joignable
simulated-smoke = { $name } signale de la fumée
simulated-smoke-over = { $name } se tait
schedule-try-no-history = Il n’y a pas d’historique pour l’essayer
schedule-try-reading = Lecture de l’historique…
schedule-tried = Ces 30 derniers jours, il aurait réglé { $sets } valeurs, et { $against } modifications à la main en voulaient une autre
schedule-tried-without = À { $count } débuts, le thermostat n’aurait pas eu de consigne dans son mode actuel
schedule-tried-on = Cela repose sur { $changes } modifications à la main enregistrées et sur le mode actuel
schedule-tried-against = { $time } : { $chosen } par { $by }, au lieu de { $level }, { $planned }
schedule = Programme
action-schedule = Programmes de la semaine
action-rules = Règles
schedule-empty = Aucun thermostat
schedule-empty-about = Un programme règle la température d’un thermostat au fil de la semaine.
schedule-week = Semaine
schedule-table = Tableau
schedule-form = Forme
schedule-undo = Annuler la dernière modification des programmes
schedule-nothing-to-undo = Rien n’a été modifié
schedule-none = Pas encore de programme
schedule-none-about = Une semaine de niveaux nommés, comme Présent et Sommeil : à chaque début, le thermostat reçoit la température du niveau, jusqu’au début suivant. Rien n’est réglé avant que vous l’activiez.
schedule-begin = Commencer par une semaine type
schedule-first = Ma semaine
level-home = Présent
level-away = Absent
level-sleep = Sommeil
schedule-shown = Programme affiché
schedule-new = Nouveau
schedule-new-name = Nouveau programme, copie de celui-ci
schedule-new-default = Nouveau programme
schedule-rename = Renommer { $name }
schedule-delete = Supprimer { $name }
schedule-name = Nom du programme
schedule-save-name = Enregistrer le nom du programme
schedule-name-in-use = Ce nom est déjà pris ; choisissez-en un autre
schedule-active = Actif sur { $name }
schedule-active-about = Règle ce qui est en vigueur, puis chaque début
schedule-kept-here = Cet ordinateur tient le programme : il doit être éveillé et Setpoint en marche. Le programme propre du thermostat continue et peut l’emporter ; désactivez-le dans son application.
device-keeps = { $name } suit son propre programme
device-kept-there = Le thermostat suit le programme, même si cet ordinateur est éteint, et ce logiciel n’envoie pas de consignes aux heures de début : un changement à la main ou un maintien dure au plus jusqu’au suivant. Il ne connaît que la semaine, pas d’autres dates. Tant qu’il apprend, il peut ajouter des débuts.
device-now = { $value } selon le programme du thermostat
device-next = { $value } à partir de { $time }
device-title = Ce que { $name } suit
device-none = { $name } n’a pas encore envoyé de programme
device-unread = Le programme ne peut pas être lu : { $why }
device-left-out = { $count } entrées ne sont pas comprises et manquent ici ; une sauvegarde les garde
device-days = { $from } à { $to }
device-same = { $name } suit cette semaine
device-put = Mettre cette semaine sur { $name }
device-put-short = Mettre
device-put-about = Remplace toute la semaine du thermostat ; la précédente est conservée
device-wait = Attendez que son programme soit lu
device-busy = En attente du serveur…
device-replaced = { $name } a la nouvelle semaine et la suivra à sa prochaine connexion
device-unchanged = { $name } suivait déjà cette semaine
device-again = Relire
device-again-name = Relire le programme de { $name }
device-take = En faire un programme
device-take-name = Semaine de { $name }
device-take-left-out = { $count } débuts manquent : il y en a trop
device-take-full = Rien n’a été repris : il n’y a plus de place pour des niveaux ou des programmes
device-take-rounded = { $count } consignes sont arrondies aux pas des niveaux
device-backup-left-out = { $count } entrées ne sont pas comprises et ne sont pas remises
device-backups = Semaines précédentes, au moment de leur remplacement
device-backup = { $time } : { $starts } débuts
device-backup-empty = Aucun début n’en est compris, ou il n’y en avait pas
device-put-back = Remettre
device-put-back-name = Remettre la semaine d’avant { $time }
device-schedule-unread = Rien n’a été modifié : le programme actuel ne peut pas être lu ({ $why })
device-schedule-no-backup = Rien n’a été modifié : le programme actuel ne peut pas être sauvegardé ({ $why })
device-schedule-changed = Rien n’a été modifié : le programme du thermostat a changé entre-temps ; regardez-le à nouveau
device-schedule-refused = Le programme n’a pas été remplacé : { $why }
device-schedule-open = Le programme a été envoyé, sans que l’on sache s’il est enregistré ({ $why }) ; relisez-le
device-schedule-stored-other = Le service a accepté le programme et en enregistre un autre ; relisez-le
schedule-starting = Actif ; ce qui est en vigueur n’est pas encore connu
schedule-not-active = Ce programme n’est pas actif ici
schedule-late =
    { $count ->
        [one] En un jour, un début a eu { $minutes } min de retard.
       *[other] En un jour, { $count } débuts ont eu jusqu’à { $minutes } min de retard.
    }
schedule-missed =
    { $count ->
        [one] En un jour, un début est passé alors que le programme ne tournait pas ou que l’ordinateur dormait.
       *[other] En un jour, { $count } débuts sont passés alors que le programme ne tournait pas ou que l’ordinateur dormait.
    }
schedule-keys = Faites glisser un début, ou allez-y avec Tab et utilisez les flèches (15 min ; avec Maj 1 h) ; Suppr l’enlève. Une valeur tient jusqu’au début suivant, et dimanche se poursuit lundi.
schedule-add-on = Ajouter un début le { $day }
schedule-start = { $day } { $time }, { $level }, { $value }
schedule-start-time = Heure du début le { $day } à { $time }
schedule-start-level = Niveau le { $day } à { $time }
schedule-start-remove = Enlever le début le { $day } à { $time }
schedule-time-taken = Ce jour a déjà un début à { $time }
schedule-last-start = Un programme a besoin d’au moins un début
schedule-copy = Copier { $day } vers
schedule-copy-to = copier vers…
schedule-work-days = Lundi à vendredi
schedule-weekend = Samedi et dimanche
schedule-all-days = Tous les jours
schedule-goes-on = { $level } se poursuit depuis la veille
weekday-long =
    { $weekday ->
        [1] lundi
        [2] mardi
        [3] mercredi
        [4] jeudi
        [5] vendredi
        [6] samedi
       *[7] dimanche
    }
levels = Niveaux de confort
levels-about = Tous les programmes les partagent. Un thermostat prend la valeur de son mode ; un champ vide ne règle rien dans ce mode.
level-add = Ajouter un niveau
level-new = Nouveau niveau
level-name = Nom de { $level }
level-heat = Chauffage de { $level }
level-cool = Refroidissement de { $level }
level-remove = Enlever { $level }
level-in-use = { $schedule } utilise { $level } ; modifiez d’abord ses débuts
dates = Autres dates
dates-about = Vacances ou invités : ces jours-là, un autre programme est en vigueur, de minuit à minuit.
dates-line = { $name } : du { $from } au { $to }, { $schedule }
dates-remove = Enlever les dates { $name }
dates-name = Nom
dates-from = Premier jour
dates-to = Dernier jour
dates-schedule = Programme de ces jours
dates-add = Ajouter des dates

## Holds

hold-for-length = pendant { $length }
hold-two-hours = Maintenir 2 h
hold-end = Arrêter le maintien
hold-end-name = Arrêter le maintien de { $name }
hold-name = Maintien
hold-menu = Maintenir { $name } un moment
hold-none = Sans maintien
hold-held = Maintenu à { $value } { $end }
hold-until = jusqu’à { $time }
hold-until-next = jusqu’à la consigne suivante
hold-until-ended = jusqu’à ce que vous l’arrêtiez
hold-for = pendant { $length }, jusqu’à { $time }
hold-other-end = une autre fin…
hold-end-now = Arrêter
hold-then-level = puis { $level }, { $value }
hold-then-before = puis de nouveau { $value }
schedule-now = { $level }, { $value } depuis { $time }
schedule-waits = { $level }, { $value } est attendu depuis { $time }
schedule-left-alone = Modifié à la main, au lieu de { $level }, { $value }
schedule-next = puis { $level }, { $value } à { $time }
palette-held = maintenu { $end }

## The store of holds and runs

automation-set-aside = Le fichier des maintiens était endommagé ; il est conservé sous { $path }, et un nouveau commence
automation-stuck = Le fichier des maintiens { $path } est endommagé et ne peut pas être renommé : { $why }
automation-refused = { $name } : la valeur du programme ou du maintien a été refusée : { $why }
automation-form = Automatisation : { $problem }
rule-paused-until = La règle « { $rule } » a agi trop souvent et attend jusqu’à { $until }
rule-notifies = { $text } ({ $rule })
rule-notifies-about = { $subject } : { $text } ({ $rule })
automation-store-file = maintiens et programmes ne peuvent être conservés, donc aucun n’est exécuté : { $why }
automation-store-locked = un autre processus écrit maintiens et programmes ; réessayez
automation-store-newer = un Setpoint plus récent a écrit maintiens et programmes (version { $version } de leur fichier), donc celui-ci n’en exécute aucun
automation-store-damaged = le fichier des maintiens et programmes est endommagé

## Energy

energy = Énergie
energy-empty = Aucun thermostat ici
energy-empty-about = Cette page montre ce que les thermostats ont fait, dès qu’il y en a un
energy-all = Tous les thermostats
energy-base = Degrés-jours sous
energy-degree-days = Degrés-jours
energy-no-outdoor = Aucune température extérieure n’est connue
energy-before = { $value } pour { $period }
energy-days =
    { $count ->
        [one] sur un jour
       *[other] sur { $count } jours
    }
energy-per-degree-day = Chauffage par degré-jour
energy-whole-days =
    { $count ->
        [one] sur un jour complet
       *[other] sur { $count } jours complets
    }
energy-no-ratio = Il faut trois jours complets et cinq degrés-jours
energy-longer = Choisissez une semaine ou plus
energy-house = La maison
energy-loses = perd { $loss }° par heure à { $outdoor }°
energy-house-about = constante de temps { $constant } ± { $constant_error } h, point d’équilibre { $balance } ± { $balance_error }°, sur { $count } périodes de l’année passée sans chauffage
energy-few-stretches = Il faut { $needed } périodes d’une heure sans chauffage ; il y en a { $found }
energy-unclear = Les pièces ne suivent pas assez nettement l’extérieur, ou il n’est pas connu
energy-rests-on = Repose sur { $known } heures sur { $all } ; les autres sont omises, pas comptées comme arrêt
energy-same-days = les mêmes jours de { $period }
energy-no-comparison = Pas de comparaison avec { $period } : trop peu de données
energy-same = comme { $period }
energy-more = { $percent } % de plus que { $period }
energy-less = { $percent } % de moins que { $period }
energy-hours = Heures de chauffage et de climatisation
energy-legend = { $now }, et en pâle { $before }
energy-compare = Comparer avec
energy-known = { $percent } connu
energy-point = Pointez une barre pour ses heures
energy-and-before = { $now } (avant { $before })
energy-save = Enregistrer en CSV
energy-sheet = Enregistrer en PDF
energy-sheet-about = Une feuille à imprimer, avec les chiffres, les barres et leur tableau
energy-each = Chaque thermostat
energy-look = À regarder
energy-nothing = Rien d’inhabituel pendant cette période
energy-window = { $device } : une fenêtre était-elle ouverte ?
energy-window-about = La pièce a perdu { $fall }° par heure le { $day }, de { $from } à { $to }

## Imports

import-open = Importer de Google Takeout…
import-title = Import de Google Takeout
import-about = Demandez vos données Nest sur takeout.google.com, téléchargez le zip, et déposez-le sur cette fenêtre ou choisissez-le ici. Rien ne quitte cet ordinateur.
import-file = Importer { $file }
import-path = Ou le chemin d’un zip, d’un dossier ou d’un fichier
import-hint = Chemin
import-no-path = Saisissez d’abord un chemin
import-start = Importer
import-reading = Lecture : { $percent }
import-left = Lecture : { $percent }, encore { $time } environ
import-done = { $taken } intervalles repris, { $known } déjà connus, { $refused } refusés, dans { $files } fichiers
import-counted = { $name } compte pour { $to }
import-own = { $name } est un thermostat à part
import-more-refused = et { $count } de plus ; `setpoint history import` les énumère
import-which = Quel thermostat est { $name } ?
import-proposal = Ses températures étaient celles de { $device } pendant { $hours } heures, à { $difference } °C près
import-apart = Aucun d’eux : le garder à part
import-answer = Utiliser

## What became of the past

activity-runs = Équipement
past-heated = { $device } a chauffé
past-cooled = { $device } a climatisé
past-offline = { $device } était hors ligne
past-span = de { $from } à { $to }, { $time }
past-open = depuis { $from } ; personne n’a entendu la fin

## The settings of the history

settings-history = Historique
history-keep = Garder l’historique
history-keep-about = Un thermostat demande environ 4 Mo par an ; ce qui est plus ancien est supprimé une fois par jour
history-for-ever = Pour toujours
history-years =
    { $years ->
        [one] Un an
       *[other] { $years } ans
    }
history-thermostats = Thermostats de l’historique
history-thermostats-about = Enregistrés par ce programme, et repris d’exports
history-extent = de { $from } à { $to }, { $count } intervalles
history-forget = Oublier
history-save = Enregistrer en CSV
history-save-what = Enregistrer { $name } en CSV
history-save-about = Chaque intervalle, pour un tableur
history-export-name = historique
history-forget-what = Oublier { $name }
history-forget-all = Tout oublier
history-forget-all-about = Chaque thermostat de l’historique, avec ses changements
history-forget-really = Vraiment supprimer
history-not-written = Ce que font les thermostats n’est pas écrit pour l’instant : { $why }
history-set-aside = L’historique était illisible. Le fichier a été conservé sous { $path } et un nouveau a été commencé
history-stuck = L’historique était illisible, et le fichier n’a pas pu être mis de côté ({ $why }) : { $path }

## More of the energy page

energy-star = Économisé (ENERGY STAR)
energy-star-about = du chauffage de { $device }, par rapport à { $comfort }° toute la journée, sur { $count } jours types de l’année passée
energy-few-core-days = Il faut { $needed } jours types de l’année passée ; il y en a { $found }
energy-cycles = { $device } : démarre trop souvent
energy-cycles-about = { $runs } marches d’au plus { $longest } le { $day }, de { $from } à { $to } ; 10 à 20 minutes sont habituelles
energy-starts = Le chauffage a démarré au moins { $count } fois

## Cost

cost-title = Coût estimé
cost-range = { $low } à { $high }
cost-about = Durée × puissance nominale × prix, à un dixième près : un équipement prend rarement juste sa puissance nominale
cost-unknown = Saisissez la puissance nominale et un prix pour voir une estimation
cost-heating = Puissance de chauffage, kW
cost-cooling = Puissance de climatisation, kW
cost-price = Prix d’un kWh
cost-night = Autre prix la nuit
cost-night-from = Nuit de
cost-night-to = Nuit à
cost-no-number = Saisissez un nombre comme 24 ou 0,28

## The air filter

filter-title = Filtre à air
filter-about = Compte les heures du ventilateur, de la climatisation et du chauffage à air depuis le jour du changement, pour autant qu’elles soient connues
filter-changed = Changé aujourd’hui
filter-hours = { $hours } h sur { $all }
filter-since = changé le { $day }
filter-due-after = Le filtre à air a servi { $hours } h depuis son remplacement : il est temps d’en changer
filter-due = Il est temps
filter-none = Ne plus compter
filter-life = À changer après
filter-of-heating = Le chauffage souffle à travers

## The dial

dial-name = Température cible, { $device }
dial-name-low = Température cible basse, { $device }
dial-name-high = Température cible haute, { $device }
dial-lower = Baisser : { $what }
dial-raise = Augmenter : { $what }
dial-type = Saisir : { $what }
dial-typed = { $what }, saisie
dial-set = Régler
dial-set-name = Régler : { $what }
dial-heat-to = Chauffer à
dial-cool-to = Refroidir à
dial-set-to = Régler sur
dial-room = pièce : { $degrees }
dial-keeps-apart = Garde au moins { $gap } d’écart entre les deux

## The page of a thermostat

scale = Unité
scale-about = Ce qu’affiche l’appareil lui-même
label-about = Un surnom, affiché après le nom du lieu
mode-before-eco = Avant Eco : { $mode }
mode-eco-about = Garde les limites d’Eco
mode-heat-about = Chauffe jusqu’à la cible
mode-cool-about = Refroidit jusqu’à la cible
mode-heat-cool-about = Entre deux cibles
mode-off-about = Ni chauffage ni climatisation
mode-unknown-about = Non indiqué par le service
fan-runs-until = En marche jusqu’à { $time }
fan-runs = En marche
fan-about = À l’arrêt · tourne pendant la durée choisie
save-what = Enregistrer : { $what }
save-unchanged = Rien n’a été modifié
way-out-eco = Quitter Eco : { $mode }
way-out-off = Activer : { $mode }

## Facts

fact-humidity = Humidité
fact-eco = Limites Eco
fact-lock = Verrouillage sur l’appareil
fact-emergency-heat = Chauffage de secours
fact-last-connection = Dernière connexion
fact-software = Logiciel
fact-smoke = Fumée
fact-co = Monoxyde de carbone
fact-battery = Batterie
fact-test = Test
fact-test-runs = en cours
fact-last-test = Dernier test
fact-security = Sécurité
fact-rush-hour = Heures de pointe
fact-time-zone = Fuseau horaire
fact-country = Pays
fact-postal-code = Code postal
fact-zones = Zones d’activité
fact-microphone = Microphone
fact-video-history = Historique vidéo
fact-shared = Partage public
fact-online-since = En ligne depuis
fact-offline-since = Hors ligne depuis
rush-hour-none = participe, aucune annoncée

## The page of a Protect

protect-of = Protect { $place }
protect-about = Un Protect avertit de lui-même, quoi que fasse ce programme. Rien ne peut y être modifié d’ici.
alarm-ok = normal
alarm-warning = avertissement
alarm-emergency = urgence
alarm-unknown = État inconnu : { $word }
alarm-smoke = Fumée : { $place }
alarm-co = Monoxyde de carbone : { $place }
alarm-both = Fumée et monoxyde de carbone : { $place }
alarm-warning-of = Avertissement : { $what }
alarm-somewhere = votre domicile
alarm-since = { $what }, depuis { $time }
alarm-advice-smoke = Sortez et appelez les pompiers.
alarm-advice-co = Faites sortir tout le monde à l’air libre et appelez les secours.
alarm-advice-warning = Allez voir tout de suite, et ouvrez une fenêtre.
alarms-more =
    { $count ->
        [one] et une autre alarme
       *[other] et { $count } autres alarmes
    }
alarm-over = Terminé : { $what }
battery-ok = bonne
battery-replace = faible
battery-low = Batterie faible : à remplacer
emergency-both = Urgence : fumée et monoxyde de carbone
emergency-smoke = Urgence : fumée
emergency-co = Urgence : monoxyde de carbone
warning-both = Avertissement : fumée et monoxyde de carbone
warning-smoke = Avertissement : fumée
warning-co = Avertissement : monoxyde de carbone
all-clear = Rien à signaler

## The page of a home

away-about = « Absent » met les thermostats en mode Eco
structure-name = Nom du domicile
eta-about = Prévenir les thermostats de l’heure d’un retour
eta-only-away = Possible seulement en mode « Absent »
eta-expected = Prévue : { $time }
eta-when = Arrivée
eta-in = dans { $time }
eta-announce = Annoncer
eta-announce-name = Annoncer l’arrivée
eta-cancel-name = Annuler l’arrivée
security-ok = rien à signaler
security-deter = Une caméra a vu une personne alors que le domicile devrait être vide

## The page of a camera

camera-on-about = Elle voit et enregistre ce qui se passe
camera-on = Allumée
camera-off-about = Elle ne voit rien et n’enregistre rien
camera-switch = Caméra { $device }
camera-now = Maintenant
camera-enlarge = Agrandir : { $what }
camera-now-name = Image : { $device }
camera-refresh = Charger une nouvelle image
camera-last-event = Dernier événement
camera-events = Événements
camera-events-all = Tout afficher ({ $count })
camera-events-fewer = Afficher moins
camera-event-name = Dernier événement : { $device }
camera-event-expired = L’image de cet événement a expiré
camera-no-event = Rien ne s’est encore passé
camera-no-picture = Aucune image
camera-off = Éteinte
camera-in-zones = dans { $zones }
event-person = Personne
event-motion = Mouvement
event-sound = Son
event-other = Activité
event-since = { $what } depuis { $time }
event-going-on = depuis { $time }
picture-loading = Chargement…
picture-still = { $time }, image fixe
picture-play = appuyer pour lire
picture-stop = appuyer pour arrêter
picture-bad-link = Le service a donné un lien qui ne mène nulle part
picture-not-https = L’image viendrait de { $host } sans chiffrement ; elle n’a donc pas été demandée
picture-foreign-host = L’image viendrait de { $host }, qui n’appartient pas au service ; elle n’a donc pas été demandée
picture-redirects = Le service redirige sans cesse sur le chemin de l’image
picture-denied = Le lien a expiré ; le prochain événement en apportera un nouveau
picture-gone = Le service n’a plus cette image
picture-status = Le service a répondu { $status } au lieu d’une image
picture-page = Le service a envoyé une page au lieu d’une image ; ce réseau demande-t-il de se connecter ?
picture-none = Le service a envoyé autre chose qu’une image PNG, JPEG ou GIF ou une séquence lisible
picture-too-large = L’image dépasse { $megabytes } Mo ; elle n’a donc pas été chargée
picture-too-many-pixels = L’image déclare { $width } × { $height } pixels ; c’est trop pour l’afficher
picture-broken = L’image est arrivée endommagée ou incomplète
picture-timed-out = { $host } n’a pas envoyé l’image à temps
picture-unreachable = L’image ne peut pas être chargée depuis { $host }
no-encryption = Le chiffrement n’a pas pu être établi : { $reason }
picture-no-room = Trop d’images sont ouvertes à la fois ; celle-ci reviendra dès qu’il y aura de la place

## The overview

kind-climate = Climat
kind-cameras = Caméras
kind-safety = Sécurité
homeless = Appareils sans domicile
card-home = { $name }, domicile
card-thermostat = { $name }, thermostat
card-camera = { $name }, caméra
card-protect = { $name }, Protect
card-mode = Mode, { $device }
card-fan-until = Ventilateur jusqu’à { $time }
card-humidity = { $value } % d’humidité
card-day = Les dernières 24 heures : { $facts }
card-no-history = L’historique commence maintenant
card-cooler = Plus frais, { $device }
card-warmer = Plus chaud, { $device }
card-target = cible
invitation = Ceci est un domicile simulé : personne n’y habite, essayez tout
invitation-short = Un domicile simulé
invitation-back = Revenir à votre domicile
overview-filter = Filtrer par nom
overview-title = Tous les appareils
overview-view = Affichage
overview-cards = Cartes
overview-compact = Compact
overview-none = Aucun appareil ne porte ce nom.
invitation-connect = Connecter votre domicile
empty-title = Ce compte n’a aucun appareil
empty-about = Ajoutez-en un dans l’application du fabricant ; il apparaîtra ici de lui-même.
connecting-title = En attente du service…
connecting-about = Les domiciles apparaîtront dès qu’il répondra.
offline-title = Le service est injoignable
offline-about = Setpoint réessaie de lui-même ; ce que vous modifiez entre-temps attend et sera envoyé au retour du service.
values-as-of = relevé : { $time }
values-last-known = dernier état connu
signed-out-title = Déconnecté
signed-out-about = Le service n’accepte plus le jeton. Reconnectez-vous pour continuer ; rien de ce qui attend n’est perdu.
gone-title = N’existe plus
gone-about = Cet appareil ou ce domicile ne figure plus dans le compte.

## What became of a change

status-settling = { $value } · envoi dans un instant
status-offline = { $value } · en file d’attente jusqu’à { $time }
status-limited-until = { $value } · limite de requêtes, attente jusqu’à { $time }
status-limited = { $value } · en attente, limite de requêtes
status-asked-until = { $value } · attend jusqu’à { $time }, comme le service le demande
status-asked = { $value } · attend, comme le service le demande
status-sign-in = { $value } · en attente de votre connexion
status-after = { $value } · en attente de la modification précédente
status-sending = { $value } · envoi…
status-confirming = { $value } · accepté, en attente de l’appareil…
status-unanswered = { $value } · envoyé sans réponse ; on vérifie s’il est arrivé…
status-conflict = Modifié ailleurs : { $theirs } ; vous avez demandé : { $value }
status-failed = { $value } · non appliqué ({ $time }) : { $why }
status-may-have-arrived = { $value } · peut-être arrivé ({ $time }) : { $why }
status-not-shown = { $value } · accepté ({ $time }) ; en attente de l’appareil, qui affiche toujours { $shown }
why-not-shown = Le service l’a accepté ; l’appareil ne l’a pas encore confirmé et affiche toujours { $shown }
why-may-have-arrived = Peut-être arrivé : { $why }
why-too-long = Le service est resté injoignable trop longtemps ; la modification a expiré
send-now = Envoyer maintenant
send-anyway = Envoyer quand même
keep-mine = Garder ma valeur
take-theirs = Prendre l’autre valeur

## The line to the service

line-connecting = connexion…
line-live = connecté
line-silent = sans nouvelles depuis { $time }
line-offline = hors ligne depuis { $since }, connexion…
line-offline-until = hors ligne depuis { $since }, prochain essai : { $time }
line-signed-out = déconnecté
sign-in-again = Se reconnecter
try-now = Essayer maintenant
dismiss-what = Ignorer : { $what }
not-taken = La dernière modification n’a pas été acceptée ; réessayez

## The frame around the pages

rail-home = Accueil
rail-developer = Outils dév.
rail-settings = Réglages
rail-help = Aide
all-homes = Tous les domiciles
which-home = Domicile affiché
consent-title = Activer { $device } ?
consent-about = Les personnes présentes seront visibles et peut-être enregistrées. Tous ceux qui y habitent devraient le savoir.
consent-on = Activer
consent-off = Ne pas activer

## Actions

action-palette = Saisir une commande
action-help = Touches et aide
action-undo = Annuler la dernière modification
action-redo = Rétablir
action-back = Revenir à la page précédente
action-overview = Afficher tous les appareils
action-activity = Afficher l’activité
action-energy = Afficher l’énergie
action-search = Rechercher dans l’activité
action-presets = Afficher les scènes
action-simulator = Afficher le simulateur
action-explorer = Afficher tout le document du domicile
action-settings = Afficher les réglages
action-next-home = Afficher le domicile suivant
action-larger-text = Agrandir le texte
action-smaller-text = Réduire le texte
action-usual-text = Taille normale du texte
action-reconnect = Rétablir la connexion
action-close-window = Fermer la fenêtre
action-quit = Quitter Setpoint
help-title = Aide
help-menu-keys = Maj+F10, bouton droit
help-regions = Vers la barre latérale, l’en-tête et la page
help-menu = Sur une valeur : annuler, épingler, renommer, copier
help-order-keys = Ctrl+Maj+←→
help-order = Sur une carte : la déplacer
help-dial = Sur le cadran
help-dial-arrows-keys = Flèches
help-dial-arrows = Un pas
help-dial-pages-keys = Page préc., Page suiv.
help-dial-pages = 2 °C ou 3 °F
help-dial-ends-keys = Origine, Fin
help-dial-ends = La valeur la plus basse ou la plus haute permise pour l’instant
help-dial-digits-keys = Chiffres
help-dial-digits = Saisir une température
help-dial-enter-keys = Entrée
help-dial-enter = Envoyer tout de suite ce qui est en attente
help-dial-escape-keys = Échap
help-dial-escape = Annuler ce qui est en attente
help-dial-wheel-keys = Molette
help-dial-wheel = Un pas, tant qu’une poignée a le focus
help-marks = Les repères du cadran
help-mark-target = La cible : faites-la glisser
help-mark-room = La température de la pièce
help-mark-way = Le chemin de la pièce à la cible
help-mark-eco = Ligne verte : les limites que garde Eco
help-mark-confirmed = Point : la valeur avant une modification en cours
help-version = Setpoint { $version }
help-licences = Logiciel libre sous MIT ou Apache-2.0. Les polices Inter et JetBrains Mono sont sous SIL Open Font License.

## The palette

palette-name = Commande
palette-hint = Saisissez ce que vous voulez : { $example }
palette-chosen = { $row }, { $number } sur { $count }
palette-keys =
    { $count ->
        [0] Rien ne correspond
        [one] Un résultat · Entrée valide · Tab complète · Échap ferme
       *[other] { $count } résultats · les flèches choisissent · Entrée valide · Tab complète · Échap ferme
    }
palette-sets =
    { $count ->
        [0] ne change rien
        [one] une modification
       *[other] { $count } modifications
    }
palette-refused = 
    { $count ->
        [one] une impossible
       *[other] { $count } impossibles
    }
detail-now = actuellement { $value }
detail-for = pendant { $time }
detail-homes =
    { $count ->
        [one] un domicile
       *[other] { $count } domiciles
    }
detail-thermostats =
    { $count ->
        [one] un thermostat
       *[other] { $count } thermostats
    }
detail-fans =
    { $count ->
        [one] un ventilateur
       *[other] { $count } ventilateurs
    }
detail-cameras =
    { $count ->
        [one] une caméra
       *[other] { $count } caméras
    }
detail-arrival = minutes avant l’arrivée
detail-no-arrival = annule l’arrivée
detail-new-name = un nouveau nom
palette-preset = scène
palette-level = Niveau de confort pour tous les thermostats
palette-dark = Thème sombre
palette-light = Thème clair
palette-system = Thème du système
palette-sign-in = Se connecter à un domicile
command-words = tous=all toutes=all tout=everything chaud=warmer froid=cooler frais=cooler activer=on allumer=on éteindre=off éteint=off allumé=on chauffer=heat chauffage=heat refroidir=cool à=to maison=home présent=home absent=away parti=away caméras=cameras caméra=camera ventilateur=fan ventilation=fan mets=set mettre=set régler=set plus= le= la= les= du= de= svp= jusqu’à=until jusqu'à=until jusqu’au=until pendant=for heures=hours heure=hour minutes=min jours=days jour=day demain=tomorrow aujourd’hui=today midi=noon minuit=midnight toujours=ever prochain=next lundi=monday mardi=tuesday mercredi=wednesday jeudi=thursday vendredi=friday samedi=saturday dimanche=sunday
command-fillers = bonne= bon= appliquer= lancer= le= la= préréglage= mode= scène=
palette-open = Ouvrir { $name }
preview-unchanged = déjà réglé

## Typed texts

typed-no-temperature = « { $text } » n’est pas une température ; écrivez par exemple { $example }
typed-no-name = Aucun appareil ni domicile ne s’appelle « { $name } » ; il y a : { $known }
typed-ambiguous = « { $name } » peut désigner : { $candidates }
typed-nothing-asked = Dites quoi régler sur « { $name } », par exemple { $example }
typed-no-field = « { $field } » ne peut pas être réglé ici ; ce qui peut l’être : { $known }
typed-no-value = « { $value } » n’est pas une valeur pour « { $field } » ; écrivez { $expected }
typed-no-present = La valeur actuelle de « { $field } » est inconnue et ne peut donc pas être changée par pas ; écrivez la valeur elle-même
typed-other-scale = « { $value } » n’est pas un réglage en { $scale } ; pour { $other }, écrivez { $value }{ $letter }
typed-no-thermostat-here = Cette commande a besoin d’un thermostat, et il n’y en a pas ici
typed-no-fan-here = Cette commande a besoin d’un ventilateur, et il n’y en a pas ici
typed-no-camera-here = Cette commande a besoin d’une caméra, et il n’y en a pas ici
typed-no-home-here = Cette commande a besoin d’un domicile, et il n’y en a pas ici
typed-too-much = « { $text } » n’a pas sa place ici ; supprimez-le
typed-no-end = « { $text } » n’indique pas de fin ; écrivez until 22:00, for 2h, until next ou until cancelled
typed-not-held = Seule une température est maintenue pour un temps, pas { $field }
typed-no-next-start = { $name } n’a pas de programme actif, donc pas de consigne suivante
expected-on-off = on ou off
expected-temperature = une température, par exemple 21,5, 70F ou +1
expected-two-temperatures = deux températures, par exemple 18-24
expected-mode = heat, cool, heat-cool, eco ou off
expected-of-thermostat = une température, une plage, un mode (par exemple eco) ou fan on
expected-on-off-minutes = on, off ou des minutes
expected-minutes = des minutes, par exemple 30
expected-arrival = le nombre de minutes à partir de maintenant, par exemple 30, ou cancel
expected-scale = C ou F
expected-home-away = home ou away
expected-of-home = home, away ou eta 30

## Why a change is refused

refused-unknown = Aucun appareil ni domicile de ce compte ne correspond à : { $id }
refused-offline = L’appareil est hors ligne ; il pourra être modifié à son retour
refused-eco = Eco est actif et garde ses propres limites ; choisissez un autre mode
refused-off = Le thermostat est à l’arrêt ; choisissez un mode
refused-wants-range = « Chaud · Froid » maintient une plage ; réglez ses températures basse et haute
refused-wants-one = Une plage exige le mode « Chaud · Froid »
refused-unknown-mode = Ce programme ne connaît pas le mode actuel ; il n’accepte donc aucune température
refused-lacks-cooling = « { $mode } » exige une climatisation, et ce thermostat n’en a pas
refused-lacks-heating = « { $mode } » exige un chauffage, et ce thermostat n’en a pas
refused-no-mode = « { $word } » n’est pas un mode ; écrivez heat, cool, heat-cool, eco ou off
refused-too-high = { $asked } est trop élevé ; le maximum est { $limit }
refused-too-low = { $asked } est trop bas ; le minimum est { $limit }
refused-above-lock = { $asked } dépasse le verrouillage du thermostat, qui s’arrête à { $limit }
refused-below-lock = { $asked } est en dessous du verrouillage du thermostat, qui commence à { $limit }
refused-low-above-high = La température cible basse ({ $asked }) dépasse la haute ({ $limit })
refused-too-close = Gardez au moins { $gap } d’écart entre les deux températures cibles
refused-no-temperature = « { $word } » n’est pas une température
refused-emergency-heat = Le chauffage de secours est actif ; arrêtez-le d’abord sur le thermostat
refused-safety = Le ventilateur reste à l’arrêt tant qu’un Protect signale de la fumée ou du monoxyde de carbone
refused-no-fan = Ce thermostat ne commande pas de ventilateur
refused-fan-off = Le ventilateur ne peut pas démarrer quand le thermostat est à l’arrêt ; choisissez d’abord un mode
refused-fan-minutes = La durée de { $minutes } minutes n’est pas proposée ; choisissez 15, 30, 45, 60, 120, 240, 480 ou 720
refused-label-too-long = Le libellé compte { $chars } caractères ; le maximum est 255
refused-name-missing = Un domicile doit avoir un nom
refused-no-away = « { $word } » n’est ni home ni away
refused-not-away = Une arrivée ne peut être annoncée que si le domicile est réglé sur « Absent »
refused-no-thermostat = Une arrivée prépare un thermostat, et ce domicile n’en a pas
refused-arrival-past = L’arrivée est dans le passé
refused-arrival-ends = L’arrivée se termine avant de commencer
refused-service-away = { $service } ne peut pas régler la présence ou l’absence ; Eco sur chaque thermostat s’en approche le plus
refused-service-names = { $service } ne peut pas changer les noms
refused-service-eta = { $service } ne prend pas en charge les arrivées
refused-service-scale = { $service } ne peut pas changer l’unité d’un thermostat
refused-service-streaming = { $service } ne peut pas allumer ou éteindre les caméras
refused-service = { $service } ne peut pas changer cela

## Keys

key-ctrl = Ctrl
key-alt = Alt
key-shift = Maj
key-left = Flèche gauche

## Why a service did not do it

reason-unexplained = Le service l’a refusé sans donner de raison
reason-other-mode = Le mode actuel du thermostat ne le permet pas ; son état est relu
reason-adjusted = Le service a réglé { $to } à la place
reason-stored-other = Le service a enregistré { $value } à la place
reason-device-gone = Le service ne connaît plus cet appareil
reason-token-refused = Le service n’accepte pas le jeton
reason-withdrawn = L’accès a été retiré ; reconnectez-vous pour continuer
reason-busy = Le service demande d’attendre
reason-unavailable = Le service est momentanément indisponible
reason-server-failed = Le service a rencontré une erreur (code { $status })
reason-status = Le service a répondu { $status }, ce qui n’a pas de sens ici
reason-unreachable = { $host } est injoignable : { $cause }
reason-no-answer = Le service n’a pas répondu à temps
reason-silent = Le service n’a rien dit depuis trop longtemps
reason-broke-off = La connexion a été interrompue : { $cause }
reason-closed = Le service a fermé la connexion
reason-stream-failed = Le service a signalé une erreur dans son flux
reason-stream-cancelled = Le service a annulé son flux
reason-not-understood = Le service a envoyé quelque chose qui n’est pas du JSON ; ce réseau demande-t-il une connexion ? ({ $detail })
reason-not-a-home = Le service a envoyé autre chose qu’un domicile
reason-not-the-control-port = Ce n’est pas le port de commande d’un serveur No Longer Evil ; c’est le 8082 si personne ne l’a changé
reason-too-large = Le service a envoyé plus de { $megabytes } Mo
reason-sign-in-refused = Le service a refusé la connexion
reason-sign-in-status = Le service a refusé la connexion avec le code { $status }
reason-no-token = Le service n’a pas envoyé de jeton lors de la connexion
reason-sign-out-refused = Le service a répondu { $status } à la déconnexion
reason-program = Une erreur s’est produite dans ce programme ({ $detail })
reason-program-ended = Le programme s’est terminé avant la réponse du service
redirect-status = Le service a répondu { $status }, ce qui changerait la requête
redirect-hops = Le service a redirigé plus de { $hops } fois
redirect-no-address = Le service a redirigé vers une adresse non valide ; le jeton n’y a pas été envoyé
redirect-user-info = Le service a redirigé vers une adresse qui contient un nom d’utilisateur ; le jeton n’y a pas été envoyé
redirect-not-https = Le service a redirigé vers une adresse sans chiffrement ; le jeton n’y a pas été envoyé
redirect-foreign-host = Le service a redirigé vers { $host }, qui ne doit pas voir le jeton ; il n’y a pas été envoyé
cause-refused = rien n’y répond
cause-unknown-host = son nom est introuvable ; cet ordinateur est-il en ligne ?
cause-no-route = aucun réseau n’y mène
cause-timed-out = aucune réponse n’est arrivée à temps
cause-hung-up = l’autre côté a coupé la connexion
cause-certificate = son certificat n’est pas valide pour cette adresse
cause-encryption = aucune connexion chiffrée n’a pu être établie
cause-unknown = aucune connexion n’a pu être établie

## Addresses, tokens and accounts that cannot be used

url-none = « { $text } » n’est pas une adresse web ; écrivez-la avec https:// devant
url-port = Le port de l’adresse n’existe pas ; les ports vont de 1 à 65535
url-scheme = L’adresse doit commencer par https://, et non par { $scheme }://
url-plaintext = L’adresse doit commencer par https:// ; http montrerait le jeton au réseau et n’est permis que pour cet ordinateur (127.0.0.1, localhost)
url-user-info = L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe
url-query = L’adresse ne doit contenir ni « ? » ni « # »
url-token = Le jeton contient une espace, un saut de ligne ou un autre caractère qu’aucun jeton ne contient ; copiez-le à nouveau
vault-missing = Aucun jeton n’est enregistré
vault-locked = Le trousseau est verrouillé ou refuse l’accès ({ $detail }) ; déverrouillez-le et réessayez
vault-no-keyring = Ce bureau n’a pas de trousseau ({ $detail }) ; installez gnome-keyring ou KWallet pour conserver le jeton
vault-silent = Le trousseau n’a pas répondu en 5 secondes ; déverrouillez-le et réessayez
vault-damaged = Le jeton enregistré est endommagé ; reconnectez-vous
vault-passphrase = Le jeton est dans un fichier chiffré ; saisissez sa phrase secrète
vault-wrong-passphrase = La phrase secrète n’ouvre pas le fichier du jeton
vault-file = Le fichier du jeton est inutilisable ({ $why }) : { $path }
vault-cipher = Le jeton ne peut pas être chiffré ({ $detail })
vault-machine = Le trousseau ne peut pas être interrogé ({ $detail })
session-half-environment = { $url } et { $token } vont ensemble ; définissez les deux ou aucune
session-no-such-account = Aucun compte ne s’appelle « { $name } »
session-no-account = Il n’y a pas encore de compte ; connectez-en un dans les réglages
start-in-use = { $address } est utilisée par un autre programme ; choisissez un autre port, ou le port 0 pour un port libre
start-address = Impossible d’écouter sur { $address } ({ $why })
start-not-loopback = { $address } est accessible à d’autres ; le domicile simulé n’est servi qu’à cet ordinateur, sur 127.0.0.1 ou [::1]
start-speed = { $speed } n’est pas une vitesse ; choisissez un nombre supérieur à 0 et d’au plus 100000
start-size = { $count } thermostats ne sont pas possibles ; choisissez de 1 à 10000
start-token = Le jeton doit se composer de caractères ASCII visibles, sans espaces
account-environment = Serveur des variables d’environnement
closed-title = Ce compte ne peut pas être ouvert
closed-about = La raison est indiquée ci-dessus. Corrigez-la dans les réglages, ou visitez le domicile simulé.
line-closed = non ouvert

## The way back from the browser

back-port-in-use = Le port { $port } de cet ordinateur est occupé ; réessayez
back-no-port = Aucun port n’a pu être ouvert pour la connexion ({ $detail })
back-ended = Le navigateur ne peut plus revenir à Setpoint ; réessayez
back-timed-out = Le navigateur n’est pas revenu en { $minutes } minutes ; réessayez
browser-signed-in = Vous êtes connecté. Vous pouvez fermer cette page et revenir à Setpoint.
browser-refused = La connexion a été refusée. Vous pouvez fermer cette page et revenir à Setpoint.
browser-no-code = Le service n’a pas envoyé de code. Revenez en arrière et réessayez.
browser-not-ours = Cette connexion n’a pas été lancée par Setpoint. Rien n’a été modifié.

## Notices

settings-unreadable = Les réglages ne peuvent pas être lus ({ $why }) ; les valeurs par défaut s’appliquent : { $path }
settings-set-aside = Les réglages étaient illisibles. Le fichier a été conservé sous { $path } et un nouveau a été commencé
settings-stuck = Les réglages étaient illisibles, et le fichier n’a pas pu être mis de côté ({ $why }) : { $path }
settings-newer = Les réglages ont été écrits par une version plus récente ; ce qui est inconnu ici est conservé
settings-unknown-desktop = Le réglage { $key } = { $value } est inconnu ; le choix du système s’applique
settings-unknown-language = Le réglage { $key } = { $value } est inconnu ; la langue du système s’applique
settings-unknown-usual = Le réglage { $key } = { $value } est inconnu ; la valeur habituelle s’applique
settings-unusable-accounts =
    { $count ->
        [one] Un compte des réglages est inutilisable et n’est pas repris
       *[other] { $count } comptes des réglages sont inutilisables et ne sont pas repris
    }
settings-not-saved = Les réglages ne peuvent pas être enregistrés ({ $why }) ; ils durent jusqu’à la fermeture de Setpoint
presets-set-aside = Les scènes étaient illisibles. Le fichier a été conservé sous { $path } et un nouveau a été commencé
presets-stuck = Les scènes étaient illisibles, et le fichier n’a pas pu être mis de côté ({ $why }) : { $path }
presets-unusable =
    { $count ->
        [one] Cette version ne peut pas utiliser une des scènes ; elle reste dans le fichier
       *[other] Cette version ne peut pas utiliser { $count } scènes ; elles restent dans le fichier
    }
queue-set-aside = La liste des modifications non envoyées était illisible. Le fichier a été conservé sous { $path } et un nouveau a été commencé
queue-stuck = La liste des modifications non envoyées était illisible, et le fichier n’a pas pu être mis de côté ({ $why }) : { $path }
queue-unreadable = La liste des modifications non envoyées ne peut pas être lue ({ $why })
queue-not-saved = Les modifications qui attendent le service ne peuvent pas être enregistrées ({ $why }) ; elles ne sont gardées que tant que Setpoint tourne
journal-unreadable = Le journal d’activité ne peut pas être lu ({ $why })
journal-not-saved = Le journal d’activité ne peut pas être enregistré ({ $why }) ; il n’est gardé que tant que Setpoint tourne
account-in-use = Un autre processus de Setpoint a ouvert ce compte et ne le libère pas. Fermez-le et réessayez
not-locked = Les fichiers de ce compte ne peuvent pas être verrouillés ({ $why }) ; les modifications en attente ne sont gardées que tant que Setpoint tourne
token-not-kept = Le jeton n’est gardé que tant que Setpoint tourne. { $why }
sign-out-not-told = Le service n’a pas été informé de la déconnexion. { $why }
token-not-deleted = Le jeton n’a pas pu être supprimé. { $why }
about = { $subject } : { $text }
file-missing = introuvable
file-denied = accès refusé
file-read-only = le disque est en lecture seule
file-full = le disque est plein
file-in-the-way = autre chose est à sa place
file-not-plain = ce n’est pas un fichier ordinaire de taille raisonnable

## The activity

activity = Activité
activity-search = Rechercher une modification
activity-clear = Effacer la recherche
activity-whose = Par qui
activity-kind = Genre
activity-everything = Tout
activity-changes = Changements
activity-presence = Présence
activity-offline = Hors ligne
activity-anybody = Tout le monde
activity-device = Appareil
activity-devices = Tous les appareils
activity-ours = Faites ici
activity-others = Faites ailleurs
activity-alarms = Alarmes
activity-empty = Rien n’a encore été modifié
activity-empty-about = Les modifications faites ici et ailleurs apparaissent dans cette liste.
activity-none = Aucun résultat
activity-none-about = Aucune modification ne correspond à la recherche. Essayez le nom d’un appareil, une valeur ou une heure.
change-value = { $device } : { $from } → { $to }
change-value-to = { $device } : { $to }
change-field = { $device } · { $field } : { $from } → { $to }
change-field-to = { $device } · { $field } : { $to }
change-away = { $device } : Réglé sur { $to }
change-arrival-cancelled = { $device } : Arrivée annulée
change-undone = Annulé
who-window = cette fenêtre
who-tray = zone de notification
who-cli = ligne de commande
who-bridge = un autre programme, par la passerelle
who-rule = règle
who-schedule = programme
who-hold = fin d’un maintien
who-elsewhere = ailleurs
who-after-away = avec « Absent »
who-after-home = avec « Présent »
outcome-done = fait
outcome-accepted = accepté
outcome-refused = refusé : { $why }
outcome-unconfirmed = accepté, pas encore confirmé
outcome-may-have-arrived = peut-être arrivé : { $why }
outcome-expired = expiré avant l’envoi
outcome-discarded = retiré
standing-undone = annulé
standing-superseded = modifié de nouveau depuis
undo-what = Annuler : { $what }
redo-what = Rétablir : { $what }
retry-what = Réessayer : { $what }
recent = Dernières modifications
recent-all = toutes ›
toast-refused = { $change } · refusé : { $why }
toast-undone = Annulé : { $change }
toast-unconfirmed = { $change } · accepté ; l’appareil ne l’a pas encore confirmé
toast-may-have-arrived = { $change } · peut-être arrivé : { $why }
toast-expired = { $change } · expiré avant l’envoi
close-toast = Fermer ce message

## Les requêtes sous forme de code

as-code = Sous forme de code
as-code-show = Afficher le code
as-code-show-what = Afficher le code : { $what }
as-code-name = Le code
as-code-language = Langage de programmation
as-code-copy = Copier
as-code-copied = Le code a été copié ({ $language })
as-code-line = En une ligne, pour un service qui ne redirige pas :
as-code-line-copy = Copier la ligne
as-code-script = Un script qui suit les redirections, mais n’envoie le jeton qu’à ce service :
as-code-terminal = Ouvrir dans un terminal
as-code-terminal-none = Aucun terminal n’a été trouvé sur ce bureau
as-code-terminal-shell = Seul le code pour un shell s’exécute tel quel dans un terminal : curl, HTTPie et setpoint
as-code-terminal-hint = Pour l’exécuter, avec le jeton dans { $variable } :
as-code-terminal-hint-account = Pour l’exécuter :
as-code-terminal-failed = Le terminal n’a pas pu être ouvert ({ $why })
as-code-token = Le jeton n’est pas dans le code, qui le lit dans la variable d’environnement { $variable }. Ceci le demande dans un shell sans le laisser dans l’historique :
as-code-token-page = Le jeton n’est pas dans le code, qui le demande à l’exécution.
as-code-other-api = Ce compte est chez un service qui a une autre API. « setpoint serve » est la passerelle vers elle : mettez son adresse à la place de { $address } et son jeton dans la variable.
as-code-simulated = Le domicile simulé de ce programme n’a pas d’adresse propre. « setpoint simulate » en fournit un semblable : mettez son adresse à la place de { $address }.
as-code-no-value = Il n’y a pas de valeur à écrire pour le moment
as-code-elsewhere = Ceci a été modifié ailleurs ; ce qui a été demandé n’est pas connu ici
as-code-no-request = Aucun code ne peut faire cette requête : son chemin ou l’adresse du service ne convient pas
as-code-account = La commande prend l’adresse et le jeton du compte « { $account } » dans le programme.

## Presets

presets = Scènes
presets-about = Des ensembles de modifications nommés, relevés sur l’état actuel et appliqués ensemble.
presets-suggested = Suggestions pour ce domicile
presets-levels = Niveaux de confort, pour tous les thermostats dans leur mode actuel
preset-level = En faire un niveau de confort
preset-level-name = Faire de { $name } un niveau de confort
preset-level-about = Elle règle la même valeur partout ; comme niveau de confort, les programmes et les règles la connaissent aussi.
preset-level-there = Il y a un niveau de confort de ce nom avec les mêmes consignes.
preset-level-instead = Utiliser plutôt le niveau
preset-level-instead-name = Supprimer la scène { $name } et utiliser son niveau de confort
presets-all = Toutes les scènes
presets-empty = Pas encore de scènes
presets-empty-about = Réglez tout comme vous l’aimez, puis gardez-le sous un nom.
presets-not-saved = Les scènes ne peuvent pas être enregistrées ({ $why }) ; elles durent jusqu’à la fermeture de Setpoint
preset-new = Nouvelle à partir de l’état actuel
preset-apply = Appliquer { $name }
preset-edit = Modifier { $name }
preset-remove = Supprimer { $name }
preset-up = Monter { $name }
preset-down = Descendre { $name }
preset-add = Ajouter…
preset-look-at = Examiner { $name } et l’ajouter
preset-removed = { $name } a été supprimée
preset-put-back = Restaurer { $name }
starter-night = Nuit
starter-away = Absence
starter-everything-off = Tout à l’arrêt
preset-name = Nom de la scène
preset-name-hint = par exemple Nuit
preset-recapture = Relever les valeurs actuelles
preset-sets-nothing = Choisissez au moins une valeur
preset-camera-goes-on = La caméra est allumée, après confirmation
preset-includes = Inclure : { $what }
preset-device-gone = Un appareil disparu
preset-name-empty = Une scène doit avoir un nom
preset-name-long = Le nom compte { $chars } caractères ; le maximum est { $most }
preset-name-taken = Une scène s’appelle déjà « { $name } »
preset-unknown = Cette scène n’existe plus
lower-end = { $what }, limite basse
upper-end = { $what }, limite haute
batch-going-on = { $name } · { $done } sur { $all }
batch-over = { $name } : { $result }
batch-undoing = Annulation : { $name } · { $done } sur { $all }
batch-undone = { $name } · annulé : { $result }
batch-changed =
    { $count ->
        [one] 1 modifié
       *[other] { $count } modifiés
    }
batch-set-back =
    { $count ->
        [one] 1 rétabli
       *[other] { $count } rétablis
    }
batch-same =
    { $count ->
        [one] 1 l’était déjà
       *[other] { $count } l’étaient déjà
    }
batch-failed =
    { $count ->
        [one] 1 échoué
       *[other] { $count } échoués
    }
batch-left =
    { $count ->
        [one] 1 retiré
       *[other] { $count } retirés
    }
batch-details = Détails
batch-details-less = Moins de détails
batch-close = Fermer cette liste
item-waiting = en attente
item-sending = en cours d’envoi
item-conflict = modifié ailleurs ; choisissez sur sa page
item-replaced = remplacé par une modification plus récente
item-may-have-arrived = peut-être arrivé

## The document

explorer-tree = Document du domicile
explorer-search = Rechercher dans les clés et les valeurs
explorer-hits = { $at } sur { $count }
explorer-none = Aucun résultat
explorer-next = Résultat suivant
explorer-previous = Résultat précédent
explorer-fold-all = Tout replier
explorer-unfold-all = Tout déplier
explorer-fold = Replier
explorer-unfold = Déplier
explorer-read-only = Cette valeur est en lecture seule
explorer-can-change = modifiable
explorer-confidential = Confidentiel : ni affiché ni copié
explorer-open = Ouvrir sa page
explorer-account = Compte : { $name }
explorer-copied = Copié
explorer-close = Fermer les détails
explorer-empty = On ne sait encore rien
explorer-empty-about = Le document apparaît dès que le service a transmis le domicile.
json-tree-copy-path = Copier le chemin
json-tree-copy-value = Copier la valeur
json-tree-changed = vient de changer
json-tree-hit = trouvé
json-tree-entries =
    { $count ->
        [one] Une entrée
       *[other] { $count } entrées
    }

## The simulator

simulator = Simulateur
simulator-about = Ce qu’aucune application ne peut faire : météo, visiteurs, fumée et fils coupés dans le domicile simulé.
simulator-not-here = Aucun domicile simulé n’est ouvert
simulator-not-here-about = Cette page appartient au domicile simulé, que l’on ouvre dans les réglages.
simulator-failed = Rien ne s’est passé : l’appareil est éteint, hors ligne ou disparu
simulator-outdoor = Extérieur
simulator-outdoor-fixed = { $degrees }, réglé à la main
simulator-outdoor-free = { $degrees }, selon l’heure du jour
simulator-outdoor-release = Suivre l’heure du jour
simulator-outdoor-is-free = La température suit déjà l’heure du jour
simulator-speed = Vitesse du temps
simulator-time = Il est { $time } dans le domicile simulé
simulator-camera-dark = La caméra est éteinte ou hors ligne et ne voit rien
simulator-event-name = { $event } devant la caméra { $device }
simulator-battery-low = Vider la batterie
simulator-battery-full = Remplacer la batterie
simulator-lock = Verrouillage
simulator-lock-about = Limite les températures cibles à { $low }–{ $high }, comme sur l’appareil
simulator-rush-hour-about = Le fournisseur demande d’économiser dès maintenant
simulator-take-offline = Mettre hors ligne
simulator-bring-online = Remettre en ligne

## The settings

settings = Réglages
as-the-desktop = Comme le système
settings-appearance = Apparence
settings-appearance-about = Suit le système, sauf choix de votre part
settings-light = Clair
settings-dark = Sombre
settings-contrast = Contraste élevé
settings-motion = Animations réduites
settings-language = Langue
settings-tray = Zone de notification
settings-developer = Pages et menus pour développeurs
settings-developer-about = La console de l’API, le document du domicile, le simulateur et les requêtes sous forme de code.
settings-developer-simulated = Dans le domicile simulé
settings-text-size = Taille du texte
settings-text-size-about = De tous les textes et commandes
settings-scale = Températures
settings-scale-about = Ce que Setpoint affiche et lit ; les thermostats gardent leur unité
settings-scale-own = Comme le thermostat
settings-accounts = Comptes
accounts-add = Ajouter un domicile
settings-account-open = ouvert
settings-account-switch = Ouvrir { $name }
account-several = { $count } comptes
account-rename = Renommer { $name }
account-name-of = Nom du compte { $name }
account-keep-name = Le nommer { $name }
account-name-empty = Un compte doit avoir un nom
account-name-taken = Un compte s’appelle déjà « { $name } »
accounts-show = Afficher les comptes
account-not-shown = pas affiché en ce moment
account-reconnect = Rétablir la connexion : { $name }
account-sign-in = Se reconnecter à { $name }
account-sign-out = Se déconnecter : { $name }
account-lacks = { $service } ne peut pas changer : { $fields }
account-devices =
    { $count ->
        [0] aucun appareil
        [one] un appareil
       *[other] { $count } appareils
    }
account-line = { $name } : { $line }
accounts-away = Comptes non connectés : { $away } sur { $count }
settings-writes-left =
    { $count ->
        [0] La limite de requêtes est atteinte ; les modifications attendent
        [one] Une modification peut être envoyée tout de suite
       *[other] { $count } modifications peuvent être envoyées tout de suite
    }
simulated-home-about = Personne n’y habite ; pour se familiariser
sign-out = Se déconnecter
open-simulated = Ouvrir le domicile simulé
unseal-title = Le jeton est dans un fichier chiffré
connect-title = Connecter votre domicile
connect-question = Quel thermostat avez-vous ?
connect-hint = Vous hésitez ? Un thermostat que l’application Google Home peut commander correspond à la première réponse.
connect-other = Autre thermostat
connect-steps = Comment faire
connect-google = Nest Thermostat, Thermostat E, Learning Thermostat de 3e ou 4e génération
connect-google-about = Caméras et sonnettes aussi. Par l’API de Google : une demi-heure environ et 5 dollars américains, une seule fois.
connect-nle = Nest Learning Thermostat de 1re ou 2e génération
connect-nle-about = Avec le micrologiciel de No Longer Evil, sur votre propre serveur ou chez nolongerevil.com.
connect-wwn = Un autre serveur
connect-wwn-about = Un serveur qui utilise l’API Works with Nest, par exemple un autre Setpoint de votre réseau.
connect-nle-step-firmware = Installez sur le thermostat le micrologiciel de No Longer Evil, comme le décrit ce projet.
connect-nle-step-own = Avec votre propre serveur, saisissez l’adresse de son port de commande, par exemple http://192.168.1.10:8082.
connect-nle-step-hosted = Chez nolongerevil.com, saisissez https://nolongerevil.com et une clé de votre compte.
connect-wwn-step-server = Saisissez l’adresse du serveur. Celui du fabricant est arrêté depuis 2023.
connect-wwn-step-token = Collez son jeton d’accès, ou ouvrez la suite du formulaire pour vous connecter sur sa page.
connect-wwn-step-try = Pour essayer, lancez « setpoint serve » sur cet ordinateur : la commande affiche une adresse et un jeton.
connect-vendor-is-off = Le fabricant a arrêté ce serveur en 2023. Pour un thermostat récent, revenez et choisissez la première réponse.
count-thermostats =
    { $count ->
        [one] un thermostat
       *[other] { $count } thermostats
    }
count-cameras =
    { $count ->
        [one] une caméra
       *[other] { $count } caméras
    }
count-protects =
    { $count ->
        [one] un Protect
       *[other] { $count } Protect
    }
connected-title = Votre domicile est là
connected-reading = Lecture de votre domicile…
connected-nothing = Aucun appareil pour l’instant
connected-open = Afficher mon domicile
unseal-passphrase = Phrase secrète du fichier
unseal-needs-passphrase = Saisissez d’abord la phrase secrète
unseal-open = Ouvrir le fichier
sign-in-about-sdm = L’API de Google pour les appareils Nest récents. Il faut votre propre projet Device Access (5 dollars américains, une seule fois), un client OAuth et un abonnement Pub/Sub.
google-project = Projet Device Access
google-project-wrong = Ce n’est pas un projet Device Access : son identifiant est un UUID, et non celui d’un projet Cloud
google-client = ID du client OAuth
google-client-wrong = Ce n’est pas un client OAuth : son identifiant se termine par .apps.googleusercontent.com
google-secret = Secret du client OAuth
google-subscription = Abonnement Pub/Sub
google-subscription-topic = C’est un sujet ; il faut un abonnement pull à ce sujet
google-subscription-wrong = Ce n’est pas un abonnement : il s’écrit projects/…/subscriptions/…
google-port = Port auquel revient le navigateur
google-port-wrong = Ce n’est pas un port : choisissez un nombre de 1 à 65535
google-needs-ids = Saisissez d’abord le projet et le client OAuth
google-sign-in = Se connecter chez Google
google-guide = Préparer l’accès chez Google, pas à pas
google-guide-about = Il faut compter une demi-heure, une seule fois. Utilisez sur chaque page le même compte Google : celui qui contient vos appareils Nest.
google-step = Étape { $number } : { $title }
google-step-cloud = Créer un projet Cloud et activer deux API
google-step-cloud-about = Le nom importe peu ; l’identifiant, par exemple my-home-1234, servira à l’étape 5. Ouvrez ensuite les deux bibliothèques, choisissez le nouveau projet en haut et appuyez sur « Activer » dans chacune.
google-step-consent = Remplir l’écran de consentement et le publier
google-step-consent-about = Choisissez « Externe » et ne remplissez que l’obligatoire : un logo ou d’autres liens déclencheraient un examen. Puis, sous « Audience », appuyez sur « Publier l’application ». Tant qu’elle reste en test, Google vous déconnecte tous les sept jours.
google-step-client = Créer un client OAuth
google-step-client-about = Type « Application Web » ; comme URI de redirection autorisé, ajoutez exactement { $address }. Copiez son ID et son secret dans le formulaire.
google-step-access = Créer un projet Device Access
google-step-access-about = Acceptez les conditions et payez 5 dollars américains, une seule fois. Créez un projet avec l’ID du client OAuth de l’étape 3 ; laissez les événements désactivés pour l’instant. Son identifiant est un UUID : copiez-le dans le formulaire.
google-step-subscription = Nommer un abonnement pour les événements
google-step-subscription-about = Dans le formulaire, saisissez projects/VOTRE-PROJET/subscriptions/nest avec l’identifiant de l’étape 1. Après la connexion, « Vérifier la configuration » peut le créer avec son sujet. À la main : créez un sujet, donnez à { $group } le rôle Éditeur Pub/Sub (Publisher) sur le sujet lui-même, puis ajoutez un abonnement de type « Pull » qui n’expire jamais.
google-step-sign-in = Se connecter et tout autoriser
google-step-sign-in-about = Google avertit que l’application n’est pas validée : c’est la vôtre, choisissez donc « Paramètres avancés » et continuez. Cochez chaque appareil. Un appareil acheté plus tard se coche sur la page de vos consentements.
google-step-check = Vérifier la configuration et créer ce qui manque
google-step-check-about = « Vérifier la configuration » interroge Google sur chaque élément et dit comment corriger ce qui ne va pas.
google-step-topic = Saisir le sujet dans le projet Device Access
google-step-topic-about = Activez-y les événements et saisissez le nom complet du sujet, par exemple projects/VOTRE-PROJET/topics/nest ; appuyez sur « Add & validate ». Sans cela, Google n’envoie aucun événement.
google-link-new-project = Créer un projet Cloud
google-link-device-api = API Smart Device Management
google-link-events-api = API Cloud Pub/Sub
google-link-consent = Écran de consentement
google-link-audience = Audience
google-link-clients = Clients OAuth
google-link-access = Console Device Access
google-link-topics = Sujets
google-link-subscriptions = Abonnements
google-link-consents = Vos consentements
google-check = Vérifier la configuration
google-make = Créer ce qui manque
google-make-about = Crée l’abonnement et son sujet dans votre projet Cloud et autorise Google à y publier.
google-checking = Google est interrogé sur chaque élément…
google-well = Tout est en ordre
google-not-well = Corrigez ceci, puis vérifiez de nouveau
google-not-ready = Google vous a laissé entrer, mais la configuration n’est pas complète. Corrigez ce qui est indiqué ici, puis connectez-vous encore une fois ; rien ne vous sera redemandé sans nécessité.
google-topic-note = Les événements arrivent dès que ce sujet précis figure dans votre projet Device Access : { $topic }
google-check-client = Client OAuth et son secret
google-check-consent = Connexion et consentement
google-check-device-api = API Smart Device Management activée
google-check-devices = Projet Device Access et ses appareils
google-check-events-api = API Cloud Pub/Sub activée
google-check-subscription = Abonnement
google-check-topic = Sujet
google-check-publisher = Google peut publier sur le sujet
google-verdict-passed = en ordre
google-verdict-made = vient d’être créé
google-verdict-mind = fonctionne, mais
google-verdict-failed = à corriger
google-verdict-untried = pas encore vérifié
google-finding = { $check } : { $verdict }
google-remedy-client-unknown = Google ne connaît pas ce client OAuth. Copiez de nouveau l’ID du client en entier ; un client supprimé doit être recréé.
google-remedy-client-secret = Le secret n’appartient pas à ce client OAuth. Ouvrez le client, copiez son secret ou ajoutez-en un, puis reconnectez-vous.
google-remedy-redirect = Le client OAuth n’autorise pas l’adresse à laquelle revient le navigateur. Ajoutez { $address } à ses URI de redirection autorisés, exactement ainsi.
google-remedy-sign-in-first = Personne ne s’est encore connecté avec ce client. Connectez-vous ; le reste peut être vérifié ensuite.
google-remedy-testing = L’écran de consentement est en test : Google vous déconnectera au bout de sept jours. Sous « Audience », appuyez sur « Publier l’application », puis reconnectez-vous.
google-remedy-ran-out = La connexion a pris fin au bout de sept jours, comme toujours tant que l’écran de consentement est en test. Sous « Audience », appuyez sur « Publier l’application », puis reconnectez-vous : cette fois, cela durera.
google-remedy-ended = Google n’accepte plus la connexion. Reconnectez-vous. Elle prend fin quand le consentement est retiré, après six mois sans usage, quand le client du projet Device Access change, et tous les sept jours tant que l’écran de consentement est en test.
google-remedy-another-client = La connexion a été faite avec un autre client OAuth. Reconnectez-vous avec celui-ci.
google-remedy-not-all = Tout n’a pas été autorisé sur la page de Google. Reconnectez-vous en laissant toutes les cases cochées : il faut les appareils et Pub/Sub.
google-remedy-device-api = L’API Smart Device Management est désactivée dans le projet Cloud du client OAuth. Appuyez sur « Activer » sur sa page et attendez quelques minutes.
google-remedy-events-api = L’API Cloud Pub/Sub est désactivée dans le projet Cloud. Appuyez sur « Activer » sur sa page et attendez quelques minutes.
google-remedy-not-yours = Google ne vous laisse pas entrer dans ce projet Device Access. Sa console doit indiquer ce client OAuth précis, et il faut se connecter avec le compte Google auquel appartient le domicile.
google-remedy-no-project = Ce projet Device Access n’existe pas. Copiez son identifiant dans la console : un UUID, et non l’identifiant du projet Cloud.
google-remedy-no-device = Aucun appareil n’est encore autorisé. Ouvrez la page de vos consentements, choisissez le projet et cochez le domicile et chaque appareil ; ou reconnectez-vous.
google-remedy-no-subscription = Aucun abonnement n’est indiqué : les appareils ne sont lus qu’une fois par minute et les caméras ne signalent rien. Saisissez-en un et reconnectez-vous.
google-remedy-no-such-subscription = Cet abonnement n’existe pas. Vérifiez que le projet Cloud dans son nom est le vôtre ; Setpoint peut le créer, ou créez vous-même un abonnement pull de ce nom.
google-remedy-subscription-denied = Ce compte Google ne peut pas voir l’abonnement. Vérifiez que le projet Cloud dans son nom est le vôtre et que vous êtes connecté avec le compte qui l’a créé.
google-remedy-not-a-pull = Cet abonnement envoie ses messages ailleurs. Créez-en un autre sur le même sujet, de type « Pull », et saisissez son nom.
google-remedy-expires =
    { $days ->
        [one] Google supprime l’abonnement après un jour sans usage. Modifiez-le et réglez l’expiration sur « Jamais ».
       *[other] Google supprime l’abonnement après { $days } jours sans usage. Modifiez-le et réglez l’expiration sur « Jamais ».
    }
google-remedy-topic-deleted = Le sujet de cet abonnement a disparu et aucun autre ne peut le remplacer. Supprimez l’abonnement ou changez son nom, puis vérifiez de nouveau pour faire créer les deux.
google-remedy-hosted = Ce sujet appartient à Google et ne recevra plus d’événements à partir du 30 novembre 2026. Saisissez un abonnement à vous, projects/VOTRE-PROJET/subscriptions/nest, reconnectez-vous, vérifiez, puis saisissez son sujet dans Device Access. Vos consentements restent.
google-remedy-topic-denied = Ce compte Google ne peut ni voir ni modifier le sujet. Il doit se trouver dans un projet Cloud du compte avec lequel vous êtes connecté.
google-remedy-publisher = Google ne peut pas publier sur le sujet ; aucun événement n’arrive donc. Ouvrez le sujet, ajoutez le compte principal { $group } et donnez-lui le rôle Éditeur Pub/Sub (Publisher).
google-remedy-publisher-there = Le rôle a été donné sur l’abonnement, où il n’a aucun effet. Donnez à { $group } le rôle Éditeur Pub/Sub (Publisher) sur le sujet.
google-remedy-policy-hidden = Ce compte ne peut pas voir qui peut publier sur le sujet. Vérifiez-y que { $group } a le rôle Éditeur Pub/Sub (Publisher).
google-remedy-wait = Google demande d’attendre. Vérifiez de nouveau dans une minute.
google-remedy-later = Impossible de le vérifier : { $reason }. Réessayez plus tard.
google-remedy-said = Google le refuse : { $said }
sign-in-open-server = Ce serveur ne demande pas de connexion : quiconque y accède peut changer le chauffage. Gardez-le dans votre propre réseau.
sign-in-proxy-token = Jeton d’un proxy placé devant
sign-in-proxy-token-hint = seulement s’il y en a un
sign-in-hosted = Ce serveur permet vingt requêtes par minute : ce qui change ailleurs se voit un peu plus tard. Setpoint ne le connaît que par sa documentation.
sign-in-key = Clé de votre compte sur ce serveur
sign-in-needs-key = Saisissez d’abord la clé
sign-in-add = Ajouter ce serveur
sign-in-address = Adresse
sign-in-name = Nom à afficher
sign-in-token = Jeton d’accès
sign-in-with-token = Se connecter avec le jeton
sign-in-otherwise = Se connecter avec un code PIN ou dans le navigateur
sign-in-page = Page de connexion
sign-in-token-address = Adresse du jeton
sign-in-client = ID client
sign-in-secret = Secret client
sign-in-pin = Code PIN
sign-in-pin-hint = laisser vide pour le navigateur
sign-in-in-browser = Se connecter dans le navigateur
sign-in-with-pin = Se connecter avec le code PIN
sign-in-waiting-browser = En attente du navigateur…
sign-in-waiting-service = Le service est interrogé…
sign-in-my-home = Mon domicile
sign-in-working = Une connexion est en cours
sign-in-needs-address = Saisissez d’abord l’adresse
sign-in-needs-token = Saisissez d’abord le jeton
sign-in-needs-client = Saisissez d’abord l’adresse du jeton et l’ID client
keep-token = Conserver le jeton
keep-keyring = Dans le trousseau
keep-memory = Tant que Setpoint tourne
keep-sealed = Dans un fichier chiffré
keep-passphrase = Phrase secrète
keep-passphrase-hint = chiffre le fichier ; demandée à chaque démarrage

## Le bureau : zone de notification, fermeture de la fenêtre, liens

connecting = Connexion…
tray-alarm = Fumée ou monoxyde de carbone
tray-sign-in = Se reconnecter
tray-warmer = Plus chaud, à { $value }
tray-cooler = Plus frais, à { $value }
tray-cameras = Caméras
tray-undo = Annuler : { $what }
tray-nothing-to-undo = Rien à annuler
tray-open = Ouvrir Setpoint
tray-launcher = Lanceur rapide
tray-quit = Quitter
tray-gone = Ce bureau n’affiche pas de zone de notification pour le moment ; la fenêtre s’ouvre à sa place.
closing-title = Laisser Setpoint tourner ?
closing-about = Setpoint peut rester dans la zone de notification : il y montre ce que fait le chauffage et s’ouvre d’un clic. Les réglages permettent d’en changer plus tard.
closing-no-tray-title = Ce bureau n’a pas de zone de notification
closing-no-tray-about = Sans zone de notification, fermer la fenêtre arrête Setpoint. GNOME en affiche une avec l’extension « AppIndicator and KStatusNotifierItem Support » ; la plupart des autres bureaux la proposent dans les réglages de leur tableau de bord.
closing-stay = Garder dans la zone de notification
closing-quit = Quitter
link-title = Un lien demande ceci
link-about = Rien n’est envoyé avant que vous ne l’appliquiez.
link-name = D’un lien
left-unsent =
    { $count ->
        [one] une modification n’a pas pu être envoyée avant la fin ; elle est conservée et sera envoyée au prochain démarrage
       *[other] { $count } modifications n’ont pas pu être envoyées avant la fin ; elles sont conservées et seront envoyées au prochain démarrage
    }
settings-on-close = À la fermeture de la fenêtre
settings-on-close-about = Dans la zone de notification, Setpoint continue d’envoyer ce qui attend.
settings-on-close-ask = Demander
settings-on-close-stay = Rester dans la zone
settings-on-close-quit = Quitter
settings-tray-scrolls = Molette sur l’icône
settings-tray-scrolls-about = Change la température cible du premier thermostat épinglé.
launcher-keys = Entrée exécute · Tab complète · Échap ferme
launcher-pinned = Épinglés
launcher-first = Appareils
pin = Épingler à la zone de notification et au lanceur
rename = Renommer
copy-value = Copier la valeur
context-menu = En savoir plus sur cette valeur
unpin = Désépingler

## Lancement avec le bureau

settings-autostart = Lancer avec le bureau
settings-autostart-about = Dans la zone de notification, sans fenêtre.
autostart-other = C’est une autre copie de Setpoint qui est lancée : { $command }. Désactivez puis réactivez pour lancer celle-ci.
autostart-sandbox = Un Flatpak ne peut pas encore le régler lui-même ; les réglages du bureau listent ce qui se lance avec lui.
autostart-platform = Pas encore disponible sur ce système.
autostart-nowhere = Indisponible : il n’y a pas de dossier personnel où l’enregistrer.
autostart-foreign = { $file } n’a pas été écrit par Setpoint et reste donc intact. Les réglages du bureau peuvent le modifier.
autostart-unreadable = { $file } est illisible ({ $why }).
autostart-not-written = { $file } ne peut pas être modifié ({ $why }).
autostart-path = Un bureau ne peut pas lancer un programme dont le chemin contient de tels caractères : { $file }

## Keys for the launcher

hotkey = Touches du lanceur rapide
hotkey-about = Elles l’ouvrent de partout tant que Setpoint tourne.
hotkey-choose = Choisir…
hotkey-press = Appuyez sur les touches…
hotkey-remove = Retirer
hotkey-nothing-held = Maintenez aussi Ctrl ou Alt, pour que la frappe ne l’ouvre pas.
hotkey-unknown = Lettres, chiffres, barre d’espace et F1 à F12 conviennent.
hotkey-escape = Échap laisse tout en l’état.
hotkey-denied = Un autre programme a ces touches, ou le bureau ne les attribue pas.
hotkey-unavailable = Ce bureau ne donne pas de touches aux programmes. Ses réglages peuvent lancer « setpoint launcher » par une touche.
hotkey-asking = Le bureau est interrogé.
hotkey-given = Le bureau a donné celles-ci : { $keys }

## Notifications

notify = Notifications
notify-alarms = Fumée et monoxyde de carbone
notify-people = Une personne devant une caméra
notify-motion = Tout mouvement devant une caméra
notify-refused = Une modification qui n’a pas été faite
notify-sign-in = Une connexion nécessaire
notify-offline = Un appareil hors ligne depuis dix minutes
notify-cameras-about = Sur la page d’une caméra, on peut faire un autre choix pour elle.
notify-camera = Notifications
notify-camera-about = Ce que voit cette caméra quand personne ne regarde la fenêtre.
notify-camera-usual = Comme dans les réglages
notify-camera-nothing = Rien
notify-camera-people = Personnes
notify-camera-movement = Personnes et tout mouvement
notify-quiet = Heures de silence
notify-quiet-from = Silence à partir de
notify-quiet-until = Silence jusqu’à
notify-quiet-about = Seuls la fumée et le monoxyde de carbone sont alors signalés.
notify-not-set = { $device } : { $field } n’a pas été modifié
notify-may-have-arrived = { $device } : { $field } a peut-être été modifié
notify-expired = Le service est resté injoignable trop longtemps ; la modification a expiré.
notify-burst =
    { $count ->
        [one] Un message
       *[other] { $count } messages
    }

## La console

action-console = Envoyer des requêtes à l’API
console-pages = Pages pour développeurs
console-requests = API
console-tree = Arbre
console-no-account = Aucun compte n’est ouvert
console-no-account-about = Les requêtes peuvent être envoyées dès qu’un compte est ouvert. D’ici là, les réglages disent ce qui ne va pas.
console-account = Compte
console-method = Méthode
console-path = Chemin
console-body = Corps, en JSON
console-format = Mettre en forme
console-format-not-json = Seul du JSON peut être mis en forme
console-format-is = C’est déjà mis en forme
console-fields = Ce qui peut être écrit ici
console-field = Mettre { $name } dans le corps
console-stream = En flux d’événements
console-stream-about = Continue jusqu’à ce que vous l’arrêtiez
console-raw = Brut
console-raw-about = Contourne les règles, la limite de requêtes et le journal d’activité
console-raw-warning = Envoyé tel quel : rien n’est vérifié, et rien ne peut être annulé
console-send = Envoyer
console-send-raw = Envoyer brut
console-stop = Arrêter
console-left = Reprendre ce qui était saisi avant
console-as-code = Sous forme de code
console-as-code-not = La requête n’est pas encore complète
console-examples = Exemples
console-example-read = Lire tout le domicile
console-example-follow = Suivre chaque modification
console-example-set = Régler { $device } sur { $value }
console-answer = Réponse
console-answer-none = La réponse du service s’affiche ici
console-writing = Envoi selon les règles et la limite de requêtes…
console-asking = Requête en cours…
console-parts = Quelle partie de la réponse
console-body-part = Corps
console-events = Événements
console-headers = En-têtes
console-reaction = Effet
console-reaction-none = Rien n’a changé dans le domicile depuis
console-more-changes = Et { $count } de plus
console-was-raw = Envoyé brut
console-stopped = Arrêté
console-cut = La réponse a été coupée à { $megabytes } Mo ; le reste n’a pas été lu
console-timed-out = Le service n’a pas répondu en { $seconds } s
console-done = Fait et confirmé par le service
console-accepted = Accepté ; le service ne l’a pas encore confirmé
console-unconfirmed = Accepté ; le service ne l’a pas encore confirmé
console-expired = Expiré avant l’envoi
console-discarded = Retiré
console-superseded = { $what } : remplacé par une modification plus récente
console-unchanged = { $what } : déjà réglé
console-waiting = { $what } : en attente, envoyé dès que possible
console-receiving = Réception…
console-empty-body = Pas de corps
console-preparing = Mise en forme…
console-search = Rechercher dans la réponse
console-hit-before = Résultat précédent
console-hit-after = Résultat suivant
console-fold = Tout replier
console-unfold = Tout déplier
console-copy-body = Tout copier
console-copy-bytes = Ce n’est pas du texte
console-bytes = { $count } octets qui ne sont pas du texte ; les premiers :
console-event-count = Événements : { $count }, le plus récent d’abord
console-events-dropped = plus anciens, seulement comptés : { $count }
console-broken-json = Cela commence comme du JSON, mais n’en est pas : { $why }
json-not-json = pas de JSON à partir de la ligne { $line }, colonne { $column }
json-not-text = pas de texte en UTF-8
json-too-deep = imbriqué sur plus de { $levels } niveaux
json-too-large = trop grand pour être affiché
console-lists = Quelle liste de requêtes
console-history = Historique
console-collections = Collections
console-history-search = Rechercher des requêtes
console-history-empty = Rien n’a encore été envoyé
console-history-clear = Oublier celles de la liste
console-history-back = En restaurer { $count }
console-again = Saisir à nouveau : { $what }
console-collections-empty = Rien n’est encore gardé
console-keep = Garder
console-keep-replace = Remplacer
console-keep-name = Nom
console-keep-collection = Collection
console-keep-unnamed = Une requête est gardée sous un nom dans une collection
console-put-back = Restaurer { $name }
console-remove = Retirer { $name }
console-copy-as-postman = Copier pour Postman
console-copy-postman = Copier { $name } comme collection Postman
console-import = Importer une collection Postman
console-import-text = Collez la collection ici, ou déposez son fichier sur la fenêtre
console-import-take = Importer
console-import-empty = Rien n’est encore collé
requests-set-aside = Les requêtes envoyées et gardées étaient illisibles. Le fichier a été conservé sous { $path } et un nouveau a été commencé
requests-stuck = Les requêtes envoyées et gardées étaient illisibles, et le fichier n’a pas pu être mis de côté ({ $why }) : { $path }
requests-not-saved = La liste des requêtes n’a pas pu être enregistrée : { $why }
holds-degrees = { $low } à { $high }, par pas de { $step }
holds-text = texte
holds-text-most = texte de { $most } caractères au plus
problem-leaves = { $path } n’est pas un chemin sous l’adresse du service
problem-not-json = Pas du JSON : ligne { $line }, colonne { $column } : { $detail }
problem-body-too-much = { $method } n’a pas de corps
problem-body-missing = { $method } demande un corps : ce qui est écrit, en JSON
problem-method = Ce service connaît { $has }, mais pas { $method }
problem-stream = Un flux d’événements se lit avec GET
problem-path = Il n’y a rien à { $path }
problem-path-near = Il n’y a rien à { $path }, autant qu’on sache ; { $nearest } existe
problem-not-writable = { $path } ne s’écrit pas en entier ; un appareil ou un domicile, ou une de leurs valeurs, oui
problem-read-only = Ne peut pas être écrit : { $fields }
problem-wrong-kind = Une valeur n’est pas du type de son champ
problem-not-understood = Les règles ne peuvent pas vérifier cette requête, ni le journal d’activité la noter ; elle ne peut être envoyée que brute

postman-secret = un secret { $where } n’a pas été importé
postman-in-sign-in = de la connexion
postman-in-name = dans le nom
postman-in-description = dans la description
postman-in-address = dans l’adresse
postman-in-query = dans les paramètres de l’adresse
postman-in-body = dans le corps
postman-in-header = dans l’en-tête { $name }
postman-in-variable = dans la variable { $name }
postman-sign-in = la connexion par { $kind } n’a pas été importée ; c’est le compte qui se connecte
postman-no-sign-in = elle ne demande pas de connexion ; ici, c’est le compte qui se connecte
postman-script = le script { $name } n’a pas été importé
postman-body = le corps n’a pas été importé : c’est { $kind }
postman-form = un formulaire
postman-file = un fichier
postman-graphql = une requête GraphQL
postman-body-too-much = le corps n’a pas été importé, car { $method } n’en a pas
postman-body-off = le corps, désactivé, n’a pas été importé
postman-header = l’en-tête { $name } n’a pas été importé
postman-elsewhere = elle allait à une autre adresse ; ici, elle va au compte
postman-header-off = l’en-tête { $name }, désactivé, n’a pas été importé
postman-query-off = le paramètre { $name } de l’adresse, désactivé, n’a pas été importé
postman-description = la description n’a pas été importée
postman-examples = les exemples de réponses n’ont pas été importés
postman-variable = la variable { $name } n’a pas de valeur ; elle reste telle quelle
postman-method = la requête n’a pas été importée, car { $name } n’est pas une méthode qui puisse être envoyée ici
postman-no-address = la requête n’a pas été importée, car elle n’a pas d’adresse
postman-more = d’autres éléments, qui ne figurent pas ici, n’ont pas été importés
postman-odd = une entrée qui n’est ni une requête ni un dossier n’a pas été importée
postman-too-large = Le fichier dépasse 16 Mo
postman-no-json = Le fichier n’est pas du JSON ({ $why })
postman-old = C’est une collection au format v1 ; Postman l’exporte aussi en v2.1
postman-environment = C’est un environnement Postman, qui ne contient pas de requêtes
postman-no-collection = Le fichier n’est pas une collection Postman : « info » et « item » y manquent
