# Los textos de la ventana en español. El inglés es la medida: una prueba compara los idiomas.
# Los valores como temperaturas y horas llegan tal como se escriben en el idioma.

## Words

on = Activado
off = Desactivado
yes = sí
no = no
unknown = desconocido
save = Guardar
cancel = Cancelar
cancel-what = Cancelar: { $what }
close = Cerrar
open = Abrir
undo = Deshacer
redo = Rehacer
retry = Reintentar
dismiss = Descartar
apply = Aplicar
back = Atrás
quoted = «{ $text }»
percent = { $value } %
thermostat = Termostato
camera = Cámara
protect = Protect
structure = Casa
simulated-home = Casa simulada

## Units and times

degrees-celsius = { $degrees } grados Celsius
degrees-fahrenheit = { $degrees } grados Fahrenheit
value-none = vacío
value-cancelled = cancelada
value-from = desde { $low }
value-to = hasta { $high }
duration-min = { $minutes } min
duration-h = { $hours } h
duration-h-min = { $hours } h { $minutes } min
time-about = aprox. { $time }
time-under = menos de { $time }
time-learning = aprendiendo
time-over = más de { $time }
date-time = { $day } { $month } { $time }
month-short =
    { $month ->
        [1] ene
        [2] feb
        [3] mar
        [4] abr
        [5] may
        [6] jun
        [7] jul
        [8] ago
        [9] sept
        [10] oct
        [11] nov
       *[12] dic
    }

## Values that can be set

field-away = Presencia
field-name = Nombre
field-eta = Llegada prevista
field-scale = Pantalla del termostato
field-target = Temperatura objetivo
field-range = Intervalo objetivo
field-mode = Modo
field-fan = Ventilador
field-fan-duration = Duración del ventilador
field-label = Etiqueta
field-streaming = Cámara
mode-heat = Calor
mode-cool = Frío
mode-heat-cool = Calor · Frío
mode-eco = Eco
mode-off = Apagado
away-home = En casa
away-away = Fuera

## What a thermostat does

doing-heating = Calentando
doing-heating-to = Calentando a
doing-cooling = Enfriando
doing-cooling-to = Enfriando a
doing-holding = Manteniendo
doing-idle = En reposo
dial-state = Habitación { $room }, { $doing }
doing-eco-between = Eco { $limits }
offline = Sin conexión
offline-since = Sin conexión desde { $time }
last-connection = última conexión: { $time }
saves-energy = Ahorra energía

## The chart

weekday-short =
    { $weekday ->
        [1] lun
        [2] mar
        [3] mié
        [4] jue
        [5] vie
        [6] sáb
       *[7] dom
    }
chart-weekday-day = { $weekday } { $day }
chart-day-month = { $day } { $month }
chart-full-day = { $weekday } { $day }
duration-s = { $seconds } s
chart-today = Hoy
chart-yesterday = Ayer
chart-period = Periodo
chart-day = Día
chart-week = Semana
chart-month = Mes
chart-year = Año
chart-earlier = Antes
chart-later = Después
chart-newest = Es el tiempo más reciente
chart-dates = Elegir fechas
chart-from = Desde
chart-to = Hasta
chart-show = Mostrar
chart-no-date = Escriba un día como { $day }, un mes o un año
chart-dates-order = El primer día es posterior al último
chart-dates-long = Se pueden mostrar veinte años como máximo
chart-dates-future = El primer día aún está por llegar
chart-no-data = sin datos
chart-reading = Leyendo el historial…
chart-failed = No se puede leer el historial: { $reason }
chart-empty = No se sabe nada de este tiempo
chart-room = Sala de { $low } a { $high }
chart-heated = calefacción { $time }
chart-cooled = refrigeración { $time }
chart-away = ausente { $time }
chart-eco = Eco { $time }
chart-changes = { $count } cambios
chart-changes-more = { $count } cambios o más
chart-no-gap = sin huecos
chart-gap = un hueco de { $time }
chart-gaps = { $count } huecos, { $time } en total
chart-said = { $device }, { $span }: { $facts }
chart-keys = Las flechas leen los valores. Re Pág y Av Pág muestran el tiempo anterior y posterior; más y menos amplían y reducen.
chart-at-room = sala { $degrees }
chart-at-low = calienta a { $degrees }
chart-at-high = enfría a { $degrees }
chart-at-outdoor = fuera { $degrees }
chart-at-humidity = humedad { $percent }
chart-outdoor = Mostrar fuera
chart-humidity = Mostrar humedad
chart-as-table = Ver como tabla
chart-as-chart = Ver como gráfico
chart-copy = Copiar como CSV
chart-copy-about = Las filas de la tabla, para una hoja de cálculo
chart-column-time = Hora
chart-column-room = Sala
chart-column-heated = Calefacción
chart-column-cooled = Refrigeración
chart-column-outdoor = Fuera
chart-column-known = Conocido

## Files that are saved

chart-picture = Guardar como imagen
file-saved = Guardado como { $path }
file-not-saved = No se guardó: { $why }

## The history and exports of Google

history-file = no se puede abrir el historial: { $why }
history-full = el disco está lleno; no se cambió nada
history-locked = otro programa escribe en el historial; inténtelo cuando termine
history-read-only = no se puede cambiar el historial: su archivo o su carpeta es de solo lectura
history-newer = el historial lo escribió un Setpoint más nuevo (versión { $version } de su archivo), así que este no lo toca
history-damaged = el archivo del historial está dañado
history-no-device = no hay ningún termostato «{ $name }» en el historial; `setpoint history info` los enumera
history-several = «{ $name }» puede ser cualquiera de { $among }; diga más del nombre
history-circle = { $one } ya cuenta para { $other }, así que no se pueden unir
history-other = no se puede usar el historial: { $why }
export-file = { $path }: { $why }
export-zip = No se puede leer { $path }: { $why }. Si la descarga se cortó, repítala
export-too-large = { $path } descomprimido ocupa mucho más que una exportación, así que no se tomó nada
export-too-many = { $path } tiene más de { $most } archivos
export-nothing = en { $path } no hay nada de un termostato: una exportación tiene HvacRuntime.jsonl, …-sensors.csv o …-summary.json
line-long = La línea supera { $most } bytes
line-not-text = La línea no es texto
line-no-object = No es un objeto con los valores de un intervalo: { $why }
line-no-summary = No es un resumen de días: { $why }
line-day = { $day }: { $why }
line-missing = Falta { $field }
line-no-id = device_id no es el identificador de un termostato
line-value = { $field } es { $value }
line-no-time = { $text } no es una hora
line-order = El intervalo termina antes de su inicio
line-no-run = Un ciclo no tiene inicio o duración
line-width = Ningún intervalo dura { $width } s
line-out-of-time = Ningún termostato puede informar de esa época
line-seconds = { $seconds } s no caben en { $width } s
line-future = El intervalo es del futuro
line-devices = La exportación tiene más de { $most } termostatos
import-cancelled = se canceló la importación y no se tomó nada
import-several = la exportación habla de varios termostatos ({ $names }); impórtela sin --device y luego use `setpoint history join`

## Schedules

schedule-problem = { $place }: { $why }
schedule-place-file = el archivo
schedule-place-level = nivel «{ $name }»
schedule-place-schedule = programación «{ $name }»
schedule-place-thermostat = termostato «{ $name }»
schedule-place-dates = periodo «{ $name }»
schedule-place-rule = regla «{ $name }»
schedule-place-limits = los límites
schedule-place-coordinates = el lugar
schedule-place-entry = entrada { $number } de «{ $table }»
schedule-not-toml = la línea { $line } no es correcta: { $why }
schedule-set-aside = estaba dañado; se conserva como { $path } y empieza uno nuevo
schedule-stuck = { $path } está dañado y no se puede renombrar: { $why }
schedule-newer = lo escribió una versión más reciente de Setpoint
schedule-unknown-key = «{ $key }» no se conoce; se conocen { $known }
schedule-missing = falta «{ $key }»
schedule-wrong-kind = «{ $key }» tiene un valor de otro tipo del esperado
schedule-bad-name = un nombre tiene de 1 a { $most } caracteres visibles
schedule-name-taken = el nombre ya está en uso
schedule-too-many = hay más de { $most }
schedule-no-temperature = «{ $text }» no es una consigna; está entre 9 y 32 °C, o 50 y 90 °F
schedule-crossed = la calefacción empezaría por encima de la temperatura de refrigeración
schedule-no-setpoint = no tiene consigna ni para calentar ni para enfriar
schedule-no-start-text = «{ $text }» no es un inicio; escriba una hora y un nivel, como 06:30 Home
schedule-no-time = «{ $text }» no es una hora; escríbala como 06:30
schedule-no-level = no hay ningún nivel «{ $level }»
schedule-same-time = { $day } tiene dos inicios a las { $time }
schedule-no-start = no hay ningún inicio en ningún día
schedule-no-schedule = no hay ninguna programación «{ $schedule }»
schedule-no-date = «{ $text }» no es una fecha; escríbala como 2026-12-20
schedule-backwards = el último día es anterior al primero
schedule-no-thermostat = no hay ningún termostato «{ $name }», o hay más de uno
rule-no-number = { $text } no es un número válido aquí
rule-no-word = «{ $text }» no se conoce; se conocen { $known }
rule-no-span = «{ $text }» no es una duración de hasta una semana; escriba 10 min o 2 h
rule-bad-text = el texto de «{ $key }» debe tener de 1 a { $most } caracteres visibles
rule-no-device = aquí no hay ningún «{ $name }», o hay más de uno
rule-bad-command = «{ $command }»: { $why }
rule-beyond-limits = { $setpoint } está fuera de los límites de todas las reglas, de { $lowest } a { $highest }
rule-no-preset = no hay ninguna escena «{ $name }»
rule-no-humidity = { $name } no indica la humedad
rule-not-in-settings = los ajustes no tienen «{ $name }»
rule-no-place = el amanecer y el atardecer necesitan un lugar; indique su latitud y longitud
rule-no-device-of-trigger = «{"{"}device{"}"}» necesita desencadenantes sobre un dispositivo
rule-the-device = el mismo dispositivo
rules = Reglas
automation-pages = Programa o reglas
rule-new = Nueva regla
rule-undo = Deshacer el último cambio de las reglas
rule-edit = Editar
rule-edit-of = Editar { $rule }
rule-try-of = Probar { $rule } con los últimos 30 días
rule-remove-of = Quitar { $rule }
rule-line-when = Cuando: { $what }
rule-line-or = o: { $what }
rule-line-if = si: { $what }
rule-line-and = y: { $what }
rule-line-then = entonces: { $what }
rule-last = Última vez { $time }: { $reason }
rule-never = Aún no ha actuado.
rule-off = Está desactivada.
rule-log = Lo que hicieron las reglas
rule-act-held = { $name }: { $value } hasta { $time }
rule-act-resume = { $name }: retención terminada
rule-act-end-eco = { $name }: Eco terminado
rule-act-notify = notificado
rule-act-program = programa externo { $name }
rule-act-request = petición { $name }
rule-outcome-open = en curso
rule-outcome-unconfirmed = aceptado, aún no mostrado
rule-outcome-may-have-arrived = quizá llegó
rule-outcome-refused = rechazado: { $why }
rule-outcome-superseded = alguien eligió otro valor entretanto
rule-holds = se cumplía: { $condition }
rule-holds-not = no se cumplía: { $condition }
rule-holds-unknown = no se sabía: { $condition }
rule-none = Ninguna regla aún
rule-none-about = Una regla actúa sola: cuando ocurre algo y si se cumplen condiciones. Empiece con una de estas; cada una se puede editar y probar con los últimos 30 días.
rule-templates = Más plantillas
rule-template-add = Añadir
rule-template-add-of = Añadir la regla { $name }
rule-template-save-energy-about = Los termostatos pasan a Eco, salvo los que están apagados.
rule-template-amiss-about = Una notificación si hay humo, monóxido de carbono, heladas, calefacción o refrigeración sin efecto, dispositivos que siguen sin conexión, cambios fallidos o cuentas que necesitan iniciar sesión de nuevo.
rule-template-welcome-about = Eco y las retenciones de las reglas terminan, y vuelve el modo anterior.
rule-template-night-about = Los termostatos toman el nivel de sueño a las 22:30.
rule-template-window-about = Una habitación que se enfría en minutos se calienta solo a 10 °C, durante una hora o hasta que vuelva a calentarse.
rule-limits = Límites y lugar
rule-limits-about = Ninguna regla cruza los límites. El amanecer y el atardecer son los del lugar, en grados norte y este.
rule-limits-crossed = La consigna más baja superaría la más alta
rule-lowest = Mínima
rule-highest = Máxima
rule-latitude = Latitud
rule-longitude = Longitud
rule-tried-nothing = No se registró nada en los últimos 30 días
rule-tried =
    { $acted ->
        [0] En los últimos 30 días no habría actuado
        [one] En los últimos 30 días habría actuado una vez, { $against ->
            [0] y nadie eligió otra cosa poco después
            [one] y una vez alguien eligió otra cosa poco después
           *[other] y { $against } veces alguien eligió otra cosa poco después
        }
       *[other] En los últimos 30 días habría actuado { $acted } veces, { $against ->
            [0] y nadie eligió otra cosa poco después
            [one] y una vez alguien eligió otra cosa poco después
           *[other] y { $against } veces alguien eligió otra cosa poco después
        }
    }
rule-tried-on =
    Registrado desde { $time }. { $skipped ->
        [0] No hubo ninguna otra ocasión.
        [one] Otra ocasión no habría llevado a nada.
       *[other] Otras { $skipped } ocasiones no habrían llevado a nada.
    }
rule-tried-unseen = El historial no contiene cambios fallidos ni inicios de sesión; esos desencadenantes no se prueban.
rule-tried-against = { $time }: { $by } puso { $name } en { $chosen }, después de { $planned } a las { $acted }
rule-trial-close = Cerrar la prueba
rule-name = Nombre
rule-section-when = Cuando
rule-section-if = Si
rule-section-then = Entonces
rule-add-trigger = Añadir un desencadenante
rule-add-condition = Añadir una condición
rule-add-action = Añadir una acción
rule-remove-part = Quitar: { $what }
rule-needs-parts = Una regla necesita un desencadenante y una acción
rule-save = Guardar la regla
rule-cancel = Descartar los cambios de la regla
rule-late = Retraso admitido
outside-programs = Programas externos de las reglas
outside-programs-about = Una regla puede iniciar uno de estos. Recibe los argumentos tal cual, sin shell ni token, y se termina a los 30 s. SETPOINT_RULE, SETPOINT_DEVICE y SETPOINT_REASON le dicen por qué.
outside-path = Programa, con su ruta completa
outside-arguments = Argumentos, uno por línea
outside-add-program = Añadir el programa externo
outside-requests = Peticiones de las reglas
outside-requests-about = Una regla puede enviar una de estas por HTTP, por ejemplo a su servidor doméstico. No lleva ningún token de cuenta y no se sigue ninguna redirección.
outside-url = Dirección
outside-body = Cuerpo (POST y PUT); si está vacío, la ocasión como JSON
outside-method = Método
outside-add-request = Añadir la petición
outside-not-absolute = Escriba la ruta completa del programa, como /usr/bin/notify-send
outside-no-file = No hay ningún archivo en esa ruta
outside-too-long = Es demasiado largo
outside-no-address = No es una dirección web: escriba http://… o https://…
rule-outside-about = Los programas externos y las peticiones se introducen en los ajustes, en Reglas.
rule-rate = Máximo de veces por hora
rule-device = Dispositivo
rule-home = Casa
rule-any-home = cualquier casa
rule-account = Cuenta
rule-any-account = cualquier cuenta
rule-side = Por encima o por debajo
rule-above = por encima de
rule-below = por debajo de
rule-threshold = Umbral
rule-lasts = Durante cuánto tiempo
rule-at-once = al momento
rule-sunrise = amanecer
rule-sunset = atardecer
rule-offset = Antes o después
rule-no-offset = exactamente
rule-before = { $time } antes
rule-after = { $time } después
rule-then-notify-why = notificar el motivo
rule-left-alone = { $count } sin cambios
rule-try = Probar con 30 días
rule-sees-person = ve a una persona
rule-sees-motion = ve movimiento
rule-hears-sound = oye un sonido
rule-sees-anything = ve u oye algo
rule-danger-any = humo o monóxido de carbono
rule-danger-smoke = humo
rule-danger-co = monóxido de carbono
rule-phase = Inicio o fin
rule-begins = empieza
rule-is-over = ha terminado
rule-from = Desde
rule-to = Hasta
rule-is-online = está en línea
rule-is-offline = está sin conexión
rule-is-on = está encendida
rule-is-off = está apagada
rule-command-about = Como en la paleta: all eco, hallway 21, hallway 21 for 2h. { "{" }device{ "}" } es el dispositivo del desencadenante.
rule-notify-about = { "{" }why{ "}" } es el motivo en palabras, { "{" }device{ "}" } el dispositivo del desencadenante.
rule-kind-presence = En casa o fuera
rule-kind-arrival = Llegada
rule-kind-time = Hora
rule-kind-sun = Amanecer o atardecer
rule-kind-room = Temperatura de la habitación
rule-kind-humidity = Humedad
rule-kind-camera = Evento de cámara
rule-kind-alarm = Alarma de humo o CO
rule-kind-offline = Dispositivo sin conexión
rule-kind-no-effect = Calefacción o refrigeración sin efecto
rule-kind-window = Ventana abierta
rule-kind-signed-out = Cuenta desconectada
rule-kind-failed = Cambio fallido
rule-kind-between = Franja horaria
rule-kind-dates = Fechas
rule-kind-mode = Modo
rule-kind-online = Dispositivo en línea
rule-kind-camera-on = Cámara encendida
rule-kind-command = Orden
rule-kind-level = Nivel de confort
rule-kind-end-eco = Terminar Eco
rule-kind-resume = Terminar una retención
rule-kind-preset = Escena
rule-kind-notify = Notificación
rule-kind-program = Programa externo
rule-kind-request = Petición
rule-chases = las reglas «{ $one }» y «{ $other }» se provocan entre sí y se alternarían
as-text = Como texto
schedule-as-text-about = Todos los niveles, programas y fechas, para guardar o compartir. Las entradas importadas sustituyen las del mismo nombre.
rule-as-text-about = Todas las reglas, para guardar o compartir. Una regla importada sustituye la del mismo nombre.
as-text-copy = Copiar
as-text-copied = Copiado
as-text-field = Texto para importar
as-text-hint = Pegue aquí el texto
as-text-take = Importar
as-text-empty = Aún no hay texto
as-text-nothing = No contiene nada nuevo
as-text-taken = Importado
rule-any-room = una habitación
rule-any-thermostat = un termostato
rule-any-camera = una cámara
rule-any-alarm = un detector de humo
rule-any-device = un dispositivo
rule-all-thermostats = todos los termostatos
rule-days-all = todos los días
rule-days-work = de lunes a viernes
rule-days-weekend = sábado y domingo
rule-days-list = { $days }, { $day }
rule-for = { $what } durante { $time }
rule-room-above = { $of }: más de { $value }
rule-room-below = { $of }: menos de { $value }
rule-humidity-above = { $of }: humedad de más del { $percent } %
rule-humidity-below = { $of }: humedad de menos del { $percent } %
rule-offline = { $of } está sin conexión
rule-when-away = todos se han ido
rule-when-away-of = todos han salido de { $home }
rule-when-home = alguien llega a casa
rule-when-home-of = alguien llega a { $home }
rule-when-arrival = se anuncia una llegada
rule-when-arrival-of = se anuncia una llegada a { $home }
rule-when-time = a las { $time }, { $days }
rule-when-sunrise = al amanecer, { $days }
rule-when-sunset = al atardecer, { $days }
rule-when-before-sunrise = { $time } antes del amanecer, { $days }
rule-when-before-sunset = { $time } antes del atardecer, { $days }
rule-when-after-sunrise = { $time } después del amanecer, { $days }
rule-when-after-sunset = { $time } después del atardecer, { $days }
rule-when-person = { $of } ve a una persona
rule-when-motion = { $of } ve movimiento
rule-when-sound = { $of } oye un sonido
rule-when-anything = { $of } ve u oye algo
rule-when-smoke = { $of } avisa de humo
rule-when-co = { $of } avisa de monóxido de carbono
rule-when-alarm = { $of } avisa de humo o monóxido de carbono
rule-when-smoke-over = { $of } ya no avisa de humo
rule-when-co-over = { $of } ya no avisa de monóxido de carbono
rule-when-alarm-over = fin de la alarma: { $of }
rule-when-no-effect = { $of } calienta o enfría sin efecto
rule-when-window-open = { $of } se enfría rápido, como con una ventana abierta
rule-when-window-closed = { $of } vuelve a calentarse, como con la ventana cerrada
rule-when-signed-out = una cuenta necesita iniciar sesión de nuevo
rule-when-signed-out-of = la cuenta { $account } necesita iniciar sesión de nuevo
rule-when-failed = un cambio fue rechazado o nunca se envió
rule-when-failed-of = un cambio de { $name } fue rechazado o nunca se envió
rule-if-away = no hay nadie en casa
rule-if-away-of = no hay nadie en { $home }
rule-if-home = hay alguien en casa
rule-if-home-of = hay alguien en { $home }
rule-if-between = entre las { $from } y las { $to }, { $days }
rule-if-dates = del { $first } al { $last }
rule-if-mode = { $of } está en el modo { $mode }
rule-if-online = { $of } está en línea
rule-if-camera-on = { $of } está en marcha
rule-if-camera-off = { $of } no está en marcha
rule-then-command = ejecutar «{ $command }»
rule-then-level = poner { $of } en { $level }
rule-then-end-eco = terminar Eco: { $of }
rule-then-resume = terminar la retención: { $of }
rule-then-preset = aplicar la escena { $name }
rule-then-notify = notificar: { $text }
rule-then-program = ejecutar el programa externo { $name }
rule-then-request = enviar la petición { $name }
rule-template-save-energy = Ahorrar energía cuando todos se han ido
rule-template-amiss = Avisar si algo va mal
rule-template-welcome = Bienvenido a casa
rule-template-night = Noche
rule-template-window = Pausar con la ventana abierta
rule-template-window-over = Volver a calentar con la ventana cerrada
schedule-warning-close = { $first } y { $second } están a menos de un cuarto de hora
schedule-warning-gap = { $level }: calor y frío están a menos de { $gap }, lo que el modo calor y frío no permite
schedule-warning-limits = { $level }: { $setpoint } está fuera de lo que el termostato permite ahora, de { $low } a { $high }
schedule-warning-no-heat = { $level } no tiene consigna para calentar
schedule-warning-no-cool = { $level } no tiene consigna para enfriar

## Runs of schedules and holds

run-other-mode = el termostato estaba en otro modo que antes de la retención
run-beyond-limits = la consigna está fuera de los límites de todas las reglas
run-too-cold = la habitación está demasiado fría para estar sin calefacción, o no se conoce su temperatura
rule-skip-not-so = no se cumplía una condición
rule-skip-unknown = no se sabía si se cumplía una condición
rule-skip-missed = terminó antes de que la regla pudiera actuar; había actuado demasiadas veces o esperaba a un termostato
rule-skip-late = fue demasiado tarde: Setpoint no se ejecutaba, el equipo estaba suspendido, la regla había actuado demasiadas veces o no se podía contactar con sus dispositivos
rule-skip-late-several = { $count } ocasiones llegaron demasiado tarde: Setpoint no se ejecutaba, el equipo estaba suspendido, la regla había actuado demasiadas veces o no se podía contactar con sus dispositivos
rule-skip-by-rule = lo causó la regla «{ $rule }», y las reglas no se activan unas a otras
run-start-skipped = { $name }: no se ajustó { $level }
run-hold-over = { $name }: la retención terminó sin cambios
run-already-so = el termostato ya mostraba este valor
run-changed-by-hand = alguien lo había cambiado a mano
run-held = había una retención en curso
run-asleep = el programa no funcionaba, o el equipo estaba suspendido
run-asleep-several = el programa no funcionaba, o el equipo estaba suspendido: pasaron { $count } inicios
run-offline = no se podía contactar con el termostato
run-not-sent = no se envió
run-no-setpoint = el termostato no tenía consigna en su modo
run-lacks-level = el nivel no tiene consigna para el modo
run-nothing-before = no se conoce el valor anterior
run-other-value = el termostato ya no tenía el valor retenido

## The schedule page

schedule-try = Probar con los últimos 30 días
simulated-try = Probar en un día simulado
simulated-try-of = Probar { $rule } en un día simulado
simulated-runs =
    { $count ->
        [1] Día simulado, { $time }: actuó una vez
       *[other] Día simulado, { $time }: actuó { $count } veces
    }
simulated-over =
    { $count ->
        [1] El día simulado ha terminado: actuó una vez
       *[other] El día simulado ha terminado: actuó { $count } veces
    }
simulated-about = Una copia de su casa en un día de invierno, 600 veces más rápido, con las otras reglas activas. Nada llega a sus dispositivos y no se inicia ningún programa.
simulated-progress = Parte transcurrida del día
simulated-room = { $name }: { $room } en la habitación; la consigna va en guiones
simulated-pause = Pausar
simulated-go-on = Continuar
simulated-to-the-end = Hasta el final del día
simulated-started = { $level } empieza: { $value }
simulated-no-setpoint = sin consigna en este modo
simulated-hold-ended = Termina la retención de { $name }: { $value }
simulated-leaves = Todos salen de { $name }
simulated-returns = Alguien vuelve a { $name }
simulated-window-opens = Se abre una ventana: { $name }
simulated-window-closes = Se cierra la ventana: { $name }
simulated-person = Una persona ante { $name }
simulated-offline = { $name } no está al alcance
simulated-online = { $name } vuelve a estar al alcance
simulated-smoke = { $name } avisa de humo
simulated-smoke-over = { $name } vuelve a callar
schedule-try-no-history = No hay historial con que probarlo
schedule-try-reading = Leyendo el historial…
schedule-tried = En los últimos 30 días habría ajustado { $sets } valores, y { $against } cambios a mano querían otro
schedule-tried-without = En { $count } inicios el termostato no habría tenido consigna en su modo actual
schedule-tried-on = Se basa en { $changes } cambios a mano registrados y en el modo actual
schedule-tried-against = { $time }: { $chosen } por { $by }, en lugar de { $level }, { $planned }
schedule = Programa
action-schedule = Programas semanales
action-rules = Reglas
schedule-empty = Ningún termostato
schedule-empty-about = Un programa ajusta la temperatura de un termostato a lo largo de la semana.
schedule-week = Semana
schedule-table = Tabla
schedule-form = Forma
schedule-undo = Deshacer el último cambio de los programas
schedule-nothing-to-undo = No se ha cambiado nada
schedule-none = Aún no hay programa
schedule-none-about = Una semana de niveles con nombre, como En casa y Sueño: en cada inicio el termostato recibe la temperatura del nivel, hasta el inicio siguiente. No se ajusta nada antes de que lo active.
schedule-begin = Empezar con una semana habitual
schedule-first = Mi semana
level-home = En casa
level-away = Fuera
level-sleep = Sueño
schedule-shown = Programa mostrado
schedule-new = Nuevo
schedule-new-name = Nuevo programa, copia de este
schedule-new-default = Nuevo programa
schedule-rename = Cambiar el nombre de { $name }
schedule-delete = Eliminar { $name }
schedule-name = Nombre del programa
schedule-save-name = Guardar el nombre del programa
schedule-name-in-use = Este nombre ya se usa; elija otro
schedule-active = Activo en { $name }
schedule-active-about = Ajusta lo que rige ahora y cada inicio a partir de ahora
schedule-kept-here = Este equipo lleva el programa: tiene que estar despierto y con Setpoint en marcha. El programa propio del termostato sigue y puede prevalecer; desactívelo en su aplicación.
device-keeps = { $name } lleva su horario por sí mismo
device-kept-there = El termostato lleva el horario, aunque este ordenador esté apagado, y este programa no envía consignas en sus comienzos: un cambio a mano o una retención dura como mucho hasta el siguiente. Solo conoce la semana, no otras fechas. Mientras aprende puede añadir comienzos.
device-now = { $value } según el horario del termostato
device-next = { $value } desde las { $time }
device-title = Lo que lleva { $name }
device-none = { $name } aún no ha enviado ningún horario
device-unread = El horario no se puede leer: { $why }
device-left-out = { $count } entradas no se entienden y faltan aquí; una copia las guarda
device-days = { $from } a { $to }
device-same = { $name } lleva esta semana
device-put = Poner esta semana en { $name }
device-put-short = Poner
device-put-about = Reemplaza toda la semana del termostato; la anterior se guarda
device-wait = Espere a que se lea su horario
device-busy = Esperando al servidor…
device-replaced = { $name } tiene la nueva semana y la seguirá cuando se conecte
device-unchanged = { $name } ya llevaba esta semana
device-again = Leer de nuevo
device-again-name = Leer de nuevo el horario de { $name }
device-take = Hacer un horario de ella
device-take-name = Semana de { $name }
device-take-left-out = Faltan { $count } comienzos: hay demasiados
device-take-full = No se tomó nada: no hay lugar para más niveles u horarios
device-take-rounded = { $count } consignas se redondean a los pasos de los niveles
device-backup-left-out = { $count } entradas no se entienden y no se vuelven a poner
device-backups = Semanas anteriores, al ser reemplazadas
device-backup = { $time }: { $starts } comienzos
device-backup-empty = No se entiende ningún comienzo, o no había ninguno
device-put-back = Volver a poner
device-put-back-name = Volver a poner la semana anterior a { $time }
device-schedule-unread = No se cambió nada: el horario actual no se puede leer ({ $why })
device-schedule-no-backup = No se cambió nada: el horario actual no se puede guardar como copia ({ $why })
device-schedule-changed = No se cambió nada: el horario del termostato cambió entretanto; vuelva a mirarlo
device-schedule-refused = El horario no se reemplazó: { $why }
device-schedule-open = El horario se envió y no se sabe si se guardó ({ $why }); vuelva a leerlo
device-schedule-stored-other = El servicio aceptó el horario y guarda otro; vuelva a leerlo
schedule-starting = Activo; aún no se sabe qué rige
schedule-not-active = Este programa no está activo aquí
schedule-late =
    { $count ->
        [one] En un día, un inicio llegó { $minutes } min tarde.
       *[other] En un día, { $count } inicios llegaron hasta { $minutes } min tarde.
    }
schedule-missed =
    { $count ->
        [one] En un día pasó un inicio mientras el programa no funcionaba o el equipo estaba suspendido.
       *[other] En un día pasaron { $count } inicios mientras el programa no funcionaba o el equipo estaba suspendido.
    }
schedule-keys = Arrastre un inicio, o vaya a él con Tab y use las flechas (15 min; con Mayús 1 h); Supr lo elimina. Un valor rige hasta el inicio siguiente, y el domingo sigue en el lunes.
schedule-add-on = Añadir un inicio el { $day }
schedule-start = { $day } { $time }, { $level }, { $value }
schedule-start-time = Hora del inicio del { $day } a las { $time }
schedule-start-level = Nivel el { $day } a las { $time }
schedule-start-remove = Quitar el inicio del { $day } a las { $time }
schedule-time-taken = Este día ya tiene un inicio a las { $time }
schedule-last-start = Un programa necesita al menos un inicio
schedule-copy = Copiar { $day } a
schedule-copy-to = copiar a…
schedule-work-days = Lunes a viernes
schedule-weekend = Sábado y domingo
schedule-all-days = Todos los días
schedule-goes-on = { $level } continúa desde el día anterior
weekday-long =
    { $weekday ->
        [1] lunes
        [2] martes
        [3] miércoles
        [4] jueves
        [5] viernes
        [6] sábado
       *[7] domingo
    }
levels = Niveles de confort
levels-about = Todos los programas los comparten. Un termostato toma el valor de su modo; un campo vacío no ajusta nada en ese modo.
level-add = Añadir un nivel
level-new = Nuevo nivel
level-name = Nombre de { $level }
level-heat = Calor de { $level }
level-cool = Frío de { $level }
level-remove = Quitar { $level }
level-in-use = { $schedule } usa { $level }; cambie antes sus inicios
dates = Otras fechas
dates-about = Vacaciones o invitados: esos días rige otro programa, de medianoche a medianoche.
dates-line = { $name }: del { $from } al { $to }, { $schedule }
dates-remove = Quitar las fechas { $name }
dates-name = Nombre
dates-from = Primer día
dates-to = Último día
dates-schedule = Programa de esos días
dates-add = Añadir fechas

## Holds

hold-for-length = durante { $length }
hold-two-hours = Retener 2 h
hold-end = Terminar la retención
hold-end-name = Terminar ya la retención de { $name }
hold-name = Retención
hold-menu = Mantener { $name } un tiempo
hold-none = Sin retención
hold-held = Se retiene { $value } { $end }
hold-until = hasta { $time }
hold-until-next = hasta la próxima consigna
hold-until-ended = hasta que lo termine
hold-for = durante { $length }, hasta { $time }
hold-other-end = otro final…
hold-end-now = Terminar ya
hold-then-level = después { $level }, { $value }
hold-then-before = después otra vez { $value }
schedule-now = { $level }, { $value } desde { $time }
schedule-waits = { $level }, { $value } está pendiente desde { $time }
schedule-left-alone = Cambiado a mano, en lugar de { $level }, { $value }
schedule-next = después { $level }, { $value } a las { $time }
palette-held = retenido { $end }

## The store of holds and runs

automation-set-aside = El archivo de retenciones estaba dañado; se conserva como { $path } y empieza uno nuevo
automation-stuck = El archivo de retenciones { $path } está dañado y no se puede renombrar: { $why }
automation-refused = { $name }: se rechazó el valor de la programación o retención: { $why }
automation-form = Automatización: { $problem }
rule-paused-until = La regla «{ $rule }» actuó demasiadas veces y espera hasta las { $until }
rule-notifies = { $text } ({ $rule })
rule-notifies-about = { $subject }: { $text } ({ $rule })
automation-store-file = no se pueden guardar retenciones ni programaciones, así que no se ejecuta ninguna: { $why }
automation-store-locked = otro proceso está escribiendo retenciones y programaciones; inténtelo de nuevo
automation-store-newer = un Setpoint más reciente escribió retenciones y programaciones (versión { $version } de su archivo), así que este no ejecuta ninguna
automation-store-damaged = el archivo de retenciones y programaciones está dañado

## Energy

energy = Energía
energy-empty = Ningún termostato aquí
energy-empty-about = Esta página muestra lo que hicieron los termostatos, en cuanto haya uno
energy-all = Todos los termostatos
energy-base = Grados día bajo
energy-degree-days = Grados día
energy-no-outdoor = No se conoce la temperatura exterior
energy-before = { $value } en { $period }
energy-days =
    { $count ->
        [one] de un día
       *[other] de { $count } días
    }
energy-per-degree-day = Calefacción por grado día
energy-whole-days =
    { $count ->
        [one] de un día entero
       *[other] de { $count } días enteros
    }
energy-no-ratio = Necesita tres días enteros con cinco grados día
energy-longer = Elija una semana o más
energy-house = La casa
energy-loses = pierde { $loss }° por hora a { $outdoor }°
energy-house-about = constante de tiempo { $constant } ± { $constant_error } h, punto de equilibrio { $balance } ± { $balance_error }°, de { $count } tramos del último año sin calefacción
energy-few-stretches = Necesita { $needed } tramos de una hora sin calefacción; hay { $found }
energy-unclear = Las habitaciones no siguen al exterior con claridad, o no se conoce
energy-rests-on = Se basa en { $known } de { $all } horas; las demás se omiten, no cuentan como apagado
energy-same-days = los mismos días de { $period }
energy-no-comparison = Sin comparación con { $period }: se sabe muy poco
energy-same = como { $period }
energy-more = { $percent } % más que en { $period }
energy-less = { $percent } % menos que en { $period }
energy-hours = Horas de calefacción y refrigeración
energy-legend = { $now }, y en claro { $before }
energy-compare = Comparar con
energy-known = { $percent } conocido
energy-point = Señale una barra para ver sus horas
energy-and-before = { $now } (antes { $before })
energy-save = Guardar como CSV
energy-sheet = Guardar como PDF
energy-sheet-about = Una hoja para imprimir, con las cifras, las barras y su tabla
energy-each = Cada termostato
energy-look = Merece una mirada
energy-nothing = Nada inusual en este tiempo
energy-window = { $device }: ¿había una ventana abierta?
energy-window-about = La sala bajó { $fall }° por hora el { $day }, de { $from } a { $to }

## Imports

import-open = Importar de Google Takeout…
import-title = Importación de Google Takeout
import-about = Pida sus datos de Nest en takeout.google.com, descargue el zip y suéltelo en esta ventana o elíjalo aquí. Nada sale de este ordenador.
import-file = Importar { $file }
import-path = O la ruta de un zip, una carpeta o un archivo
import-hint = Ruta
import-no-path = Escriba primero una ruta
import-start = Importar
import-reading = Leyendo: { $percent }
import-left = Leyendo: { $percent }, quedan unos { $time }
import-done = { $taken } intervalos tomados, { $known } ya conocidos, { $refused } rechazados, de { $files } archivos
import-counted = { $name } cuenta para { $to }
import-own = { $name } es un termostato aparte
import-more-refused = y { $count } más; `setpoint history import` los enumera
import-which = ¿Qué termostato es { $name }?
import-proposal = Sus temperaturas fueron las de { $device } durante { $hours } horas, con { $difference } °C de diferencia
import-apart = Ninguno: mantenerlo aparte
import-answer = Usar este

## What became of the past

activity-runs = Equipo
past-heated = { $device } calentó
past-cooled = { $device } enfrió
past-offline = { $device } estuvo sin conexión
past-span = de { $from } a { $to }, { $time }
past-open = desde las { $from }; nadie oyó el final

## The settings of the history

settings-history = Historial
history-keep = Conservar el historial
history-keep-about = Un termostato necesita unos 4 MB al año; lo más antiguo se borra una vez al día
history-for-ever = Para siempre
history-years =
    { $years ->
        [one] Un año
       *[other] { $years } años
    }
history-thermostats = Termostatos del historial
history-thermostats-about = Registrados por este programa y tomados de exportaciones
history-extent = de { $from } a { $to }, { $count } intervalos
history-forget = Olvidar
history-save = Guardar como CSV
history-save-what = Guardar { $name } como CSV
history-save-about = Cada intervalo, para una hoja de cálculo
history-export-name = historial
history-forget-what = Olvidar { $name }
history-forget-all = Olvidar todo
history-forget-all-about = Cada termostato del historial, con sus cambios
history-forget-really = Borrar de verdad
history-not-written = Lo que hacen los termostatos no se escribe ahora: { $why }
history-set-aside = No se ha podido leer el historial. El archivo se ha guardado como { $path } y se ha empezado uno nuevo
history-stuck = No se ha podido leer el historial ni apartar el archivo ({ $why }): { $path }

## More of the energy page

energy-star = Ahorrado (ENERGY STAR)
energy-star-about = de la calefacción de { $device }, frente a { $comfort }° todo el día, de { $count } días tipo del último año
energy-few-core-days = Necesita { $needed } días tipo del último año; hay { $found }
energy-cycles = { $device }: arranca con demasiada frecuencia
energy-cycles-about = { $runs } marchas de { $longest } como mucho el { $day }, de { $from } a { $to }; lo habitual son de 10 a 20 minutos
energy-starts = La calefacción arrancó al menos { $count } veces

## Cost

cost-title = Coste estimado
cost-range = { $low } a { $high }
cost-about = Tiempo × potencia nominal × precio, con una décima de margen: los equipos rara vez toman justo su potencia nominal
cost-unknown = Introduzca la potencia nominal y un precio para ver una estimación
cost-heating = Potencia de calefacción, kW
cost-cooling = Potencia de refrigeración, kW
cost-price = Precio de un kWh
cost-night = Otro precio de noche
cost-night-from = Noche desde
cost-night-to = Noche hasta
cost-no-number = Escriba un número como 24 o 0,28

## The air filter

filter-title = Filtro de aire
filter-about = Cuenta las horas de ventilador, refrigeración y calefacción por aire desde el día del cambio, en lo que se conocen
filter-changed = Cambiado hoy
filter-hours = { $hours } de { $all } h
filter-since = cambiado el { $day }
filter-due-after = El filtro de aire ha funcionado { $hours } h desde su cambio: es hora de poner otro
filter-due = Toca cambiarlo
filter-none = No contar más
filter-life = Cambiar tras
filter-of-heating = La calefacción sopla a través de él

## The dial

dial-name = Temperatura objetivo de { $device }
dial-name-low = Temperatura objetivo mínima de { $device }
dial-name-high = Temperatura objetivo máxima de { $device }
dial-lower = Bajar: { $what }
dial-raise = Subir: { $what }
dial-type = Escribir: { $what }
dial-typed = { $what }, campo de texto
dial-set = Ajustar
dial-set-name = Ajustar: { $what }
dial-heat-to = Calentar a
dial-cool-to = Enfriar a
dial-set-to = Ajustar a
dial-room = ambiente { $degrees }
dial-keeps-apart = Mantiene al menos { $gap } entre las dos

## The page of a thermostat

scale = Unidad
scale-about = La que muestra el propio dispositivo
label-about = Un apodo que se muestra tras el nombre del lugar
mode-before-eco = Antes de Eco: { $mode }
mode-eco-about = Límites de Eco
mode-heat-about = Calienta hasta el objetivo
mode-cool-about = Enfría hasta el objetivo
mode-heat-cool-about = Entre dos objetivos
mode-off-about = Ni calienta ni enfría
mode-unknown-about = El servicio no lo indica
fan-runs-until = En marcha hasta { $time }
fan-runs = En marcha
fan-about = Apagado · funciona el tiempo elegido
save-what = Guardar: { $what }
save-unchanged = No se ha cambiado nada
way-out-eco = Salir de Eco: { $mode }
way-out-off = Encender: { $mode }

## Facts

fact-humidity = Humedad
fact-eco = Límites de Eco
fact-lock = Bloqueo en el dispositivo
fact-emergency-heat = Calefacción de emergencia
fact-last-connection = Última conexión
fact-software = Software
fact-smoke = Humo
fact-co = Monóxido de carbono
fact-battery = Batería
fact-test = Prueba
fact-test-runs = en curso
fact-last-test = Última prueba
fact-security = Seguridad
fact-rush-hour = Hora punta de energía
fact-time-zone = Zona horaria
fact-country = País
fact-postal-code = Código postal
fact-zones = Zonas de actividad
fact-microphone = Micrófono
fact-video-history = Historial de vídeo
fact-shared = Compartida públicamente
fact-online-since = En línea desde
fact-offline-since = Sin conexión desde
rush-hour-none = participa, ninguna anunciada

## The page of a Protect

protect-of = Protect { $place }
protect-about = Un Protect avisa por sí mismo, haga lo que haga este programa. Desde aquí no se puede cambiar nada de él.
alarm-ok = normal
alarm-warning = advertencia
alarm-emergency = emergencia
alarm-unknown = Estado desconocido: { $word }
alarm-smoke = Humo: { $place }
alarm-co = Monóxido de carbono: { $place }
alarm-both = Humo y monóxido de carbono: { $place }
alarm-warning-of = Advertencia: { $what }
alarm-somewhere = su casa
alarm-since = { $what }, desde { $time }
alarm-advice-smoke = Salga y llame a los bomberos.
alarm-advice-co = Saque a todos al aire libre y llame a emergencias.
alarm-advice-warning = Vaya a ver enseguida y abra una ventana.
alarms-more =
    { $count ->
        [one] y otra alarma
       *[other] y { $count } alarmas más
    }
alarm-over = Ya pasó: { $what }
battery-ok = bien
battery-replace = baja
battery-low = Batería baja: cambiar
emergency-both = Emergencia: humo y monóxido de carbono
emergency-smoke = Emergencia: humo
emergency-co = Emergencia: monóxido de carbono
warning-both = Advertencia: humo y monóxido de carbono
warning-smoke = Advertencia: humo
warning-co = Advertencia: monóxido de carbono
all-clear = Todo en orden

## The page of a home

away-about = «Fuera» pone los termostatos en Eco
structure-name = Nombre de la casa
eta-about = Avisar a los termostatos de cuándo llega alguien a casa
eta-only-away = Solo se puede anunciar en «Fuera»
eta-expected = Prevista: { $time }
eta-when = Llegada
eta-in = dentro de { $time }
eta-announce = Anunciar
eta-announce-name = Anunciar la llegada
eta-cancel-name = Cancelar la llegada
security-ok = no se ha visto nada
security-deter = Una cámara ha visto a una persona cuando no debería haber nadie en casa

## The page of a camera

camera-on-about = Ve y graba lo que ocurre
camera-on = Encendida
camera-off-about = No ve ni graba nada
camera-switch = Cámara { $device }
camera-now = Ahora
camera-enlarge = Ampliar: { $what }
camera-now-name = Imagen de { $device }
camera-refresh = Cargar una imagen nueva
camera-last-event = Último evento
camera-events = Eventos
camera-events-all = Mostrar todos ({ $count })
camera-events-fewer = Mostrar menos
camera-event-name = Último evento de { $device }
camera-event-expired = La imagen de este evento ha caducado
camera-no-event = Aún no ha ocurrido nada
camera-no-picture = Sin imagen
camera-off = Apagada
camera-in-zones = en { $zones }
event-person = Persona
event-motion = Movimiento
event-sound = Sonido
event-other = Actividad
event-since = { $what } desde { $time }
event-going-on = desde { $time }
picture-loading = Cargando…
picture-still = { $time }, imagen fija
picture-play = pulsar para reproducir
picture-stop = pulsar para detener
picture-bad-link = El servicio ha dado un enlace que no lleva a ninguna parte
picture-not-https = La imagen vendría de { $host } sin cifrar, así que no se ha pedido
picture-foreign-host = La imagen vendría de { $host }, que no pertenece al servicio, así que no se ha pedido
picture-redirects = El servicio redirige una y otra vez de camino a la imagen
picture-denied = El enlace ha caducado; el próximo evento traerá uno nuevo
picture-gone = El servicio ya no tiene esta imagen
picture-status = El servicio ha respondido { $status } en lugar de una imagen
picture-page = El servicio ha enviado una página en lugar de una imagen; ¿pide esta red iniciar sesión?
picture-none = El servicio ha enviado algo que no es una imagen PNG, JPEG o GIF ni un vídeo que se pueda mostrar
picture-too-large = La imagen ocupa más de { $megabytes } MB, así que no se ha cargado
picture-too-many-pixels = La imagen dice tener { $width } × { $height } píxeles, demasiados para mostrarla
picture-broken = La imagen ha llegado dañada o incompleta
picture-timed-out = { $host } no ha enviado la imagen a tiempo
picture-unreachable = No se puede cargar la imagen desde { $host }
no-encryption = No se ha podido establecer el cifrado: { $reason }
picture-no-room = Hay demasiadas imágenes abiertas a la vez; esta volverá cuando haya sitio

## The overview

kind-climate = Clima
kind-cameras = Cámaras
kind-safety = Seguridad
homeless = Dispositivos sin casa
card-home = { $name }, casa
card-thermostat = { $name }, termostato
card-camera = { $name }, cámara
card-protect = { $name }, Protect
card-mode = Modo de { $device }
card-fan-until = Ventilador hasta { $time }
card-humidity = { $value } % de humedad
card-day = Las últimas 24 horas: { $facts }
card-no-history = El historial empieza ahora
card-cooler = Más fresco, { $device }
card-warmer = Más cálido, { $device }
card-target = objetivo
invitation = Esta es una casa simulada: aquí no vive nadie, pruebe lo que quiera
invitation-short = Una casa simulada
invitation-back = Volver a su casa
overview-filter = Filtrar por nombre
overview-title = Todos los dispositivos
overview-view = Vista
overview-cards = Tarjetas
overview-compact = Compacta
overview-none = Ningún dispositivo se llama así.
invitation-connect = Conectar su casa
empty-title = Esta cuenta no tiene dispositivos
empty-about = Añada uno en la aplicación del fabricante y aparecerá aquí por sí solo.
connecting-title = Esperando al servicio…
connecting-about = Las casas aparecerán en cuanto responda.
offline-title = No se puede acceder al servicio
offline-about = Setpoint lo sigue intentando; lo que cambie mientras tanto espera y se envía cuando vuelva el servicio.
values-as-of = lectura: { $time }
values-last-known = último valor conocido
signed-out-title = Sesión cerrada
signed-out-about = El servicio ya no acepta el token. Inicie sesión de nuevo para continuar; nada de lo que espera se pierde.
gone-title = Ya no existe
gone-about = La cuenta ya no tiene este dispositivo o esta casa.

## What became of a change

status-settling = { $value } · se envía en un momento
status-offline = { $value } · en cola hasta { $time }
status-limited-until = { $value } · límite de peticiones, espera hasta { $time }
status-limited = { $value } · en espera por el límite de peticiones
status-asked-until = { $value } · espera hasta { $time }, como pide el servicio
status-asked = { $value } · espera, como pide el servicio
status-sign-in = { $value } · en espera de que inicie sesión
status-after = { $value } · en espera del cambio anterior
status-sending = { $value } · enviando…
status-confirming = { $value } · aceptado, esperando al dispositivo…
status-unanswered = { $value } · enviado sin respuesta; se comprueba si llegó…
status-conflict = Cambiado en otro lugar: { $theirs }; aquí se pidió: { $value }
status-failed = { $value } · no aplicado ({ $time }): { $why }
status-may-have-arrived = { $value } · puede que haya llegado ({ $time }): { $why }
status-not-shown = { $value } · aceptado ({ $time }); se espera al dispositivo, que sigue mostrando { $shown }
why-not-shown = El servicio lo aceptó; el dispositivo aún no lo confirma y sigue mostrando { $shown }
why-may-have-arrived = Puede que haya llegado: { $why }
why-too-long = El servicio estuvo inaccesible demasiado tiempo y el cambio caducó
send-now = Enviar ahora
send-anyway = Enviar de todos modos
keep-mine = Mantener mi valor
take-theirs = Usar el otro valor

## The line to the service

line-connecting = conectando…
line-live = conectado
line-silent = sin noticias desde { $time }
line-offline = sin conexión desde { $since }, conectando…
line-offline-until = sin conexión desde { $since }, próximo intento: { $time }
line-signed-out = sesión cerrada
sign-in-again = Volver a iniciar sesión
try-now = Intentar ahora
dismiss-what = Descartar: { $what }
not-taken = El último cambio no se aceptó; inténtelo de nuevo

## The frame around the pages

rail-home = Inicio
rail-developer = Desarrollo
rail-settings = Ajustes
rail-help = Ayuda
all-homes = Todas las casas
which-home = Casa mostrada
consent-title = ¿Encender { $device }?
consent-about = Se verá y quizá se grabará a quien esté allí. Todas las personas que viven allí deberían saberlo.
consent-on = Encender
consent-off = No encender

## Actions

action-palette = Escribir una orden
action-help = Teclas y ayuda
action-undo = Deshacer el último cambio
action-redo = Rehacer
action-back = Volver a la página anterior
action-overview = Mostrar todos los dispositivos
action-activity = Mostrar la actividad
action-energy = Mostrar la energía
action-search = Buscar en la actividad
action-presets = Mostrar las escenas
action-simulator = Mostrar el simulador
action-explorer = Mostrar todo el documento de la casa
action-settings = Mostrar los ajustes
action-next-home = Mostrar la siguiente casa
action-larger-text = Aumentar el texto
action-smaller-text = Reducir el texto
action-usual-text = Tamaño normal del texto
action-reconnect = Volver a conectar
action-close-window = Cerrar la ventana
action-quit = Salir de Setpoint
help-title = Ayuda
help-menu-keys = Mayús+F10, botón derecho
help-regions = A la barra lateral, la cabecera y la página
help-menu = En un valor: deshacer, anclar, cambiar el nombre, copiar
help-order-keys = Ctrl+Mayús+←→
help-order = En una tarjeta: moverla
help-dial = En el dial
help-dial-arrows-keys = Flechas
help-dial-arrows = Un paso
help-dial-pages-keys = RePág, AvPág
help-dial-pages = 2 °C o 3 °F
help-dial-ends-keys = Inicio, Fin
help-dial-ends = El valor más bajo o más alto permitido ahora
help-dial-digits-keys = Cifras
help-dial-digits = Escribir una temperatura
help-dial-enter-keys = Intro
help-dial-enter = Enviar ya lo que está en espera
help-dial-escape-keys = Esc
help-dial-escape = Retirar el cambio
help-dial-wheel-keys = Rueda
help-dial-wheel = Un paso, mientras un tirador tenga el foco
help-marks = Las marcas del dial
help-mark-target = El objetivo: arrástrelo
help-mark-room = La temperatura de la habitación
help-mark-way = El camino de la habitación al objetivo
help-mark-eco = Línea verde: los límites que mantiene Eco
help-mark-confirmed = Punto: el valor antes de un cambio en curso
help-version = Setpoint { $version }
help-licences = Software libre bajo MIT o Apache-2.0. Las fuentes Inter y JetBrains Mono están bajo la SIL Open Font License.

## The palette

palette-name = Orden
palette-hint = Escriba lo que quiere: { $example }
palette-chosen = { $row }, { $number } de { $count }
palette-keys =
    { $count ->
        [0] No hay coincidencias
        [one] Una coincidencia · Intro acepta · Tab completa · Esc cierra
       *[other] { $count } coincidencias · las flechas eligen · Intro acepta · Tab completa · Esc cierra
    }
palette-sets =
    { $count ->
        [0] no cambia nada
        [one] un cambio
       *[other] { $count } cambios
    }
palette-refused = 
    { $count ->
        [one] uno no es posible
       *[other] { $count } no son posibles
    }
detail-now = ahora { $value }
detail-for = durante { $time }
detail-homes =
    { $count ->
        [one] una casa
       *[other] { $count } casas
    }
detail-thermostats =
    { $count ->
        [one] un termostato
       *[other] { $count } termostatos
    }
detail-fans =
    { $count ->
        [one] un ventilador
       *[other] { $count } ventiladores
    }
detail-cameras =
    { $count ->
        [one] una cámara
       *[other] { $count } cámaras
    }
detail-arrival = minutos hasta la llegada
detail-no-arrival = cancela la llegada
detail-new-name = un nombre nuevo
palette-preset = escena
palette-level = Nivel de confort para todos los termostatos
palette-dark = Tema oscuro
palette-light = Tema claro
palette-system = Tema del sistema
palette-sign-in = Iniciar sesión en una casa
command-words = todos=all todas=all todo=everything caliente=warmer cálido=warmer frío=cooler fresco=cooler encender=on encendido=on apagar=off apagado=off calentar=heat calor=heat enfriar=cool frio=cooler a=to casa=home presente=home fuera=away ausente=away cámaras=cameras cámara=camera ventilador=fan pon=set poner=set ajusta=set más= el= la= los= las= favor= por= hasta=until durante=for horas=hours hora=hour minutos=min minuto=min días=days día=day mañana=tomorrow hoy=today mediodía=noon medianoche=midnight siempre=ever próximo=next lunes=monday martes=tuesday miércoles=wednesday jueves=thursday viernes=friday sábado=saturday domingo=sunday
command-fillers = buenas= buenos= aplicar= iniciar= el= la= preajuste= modo= escena=
palette-open = Abrir { $name }
preview-unchanged = ya ajustado

## Typed texts

typed-no-temperature = «{ $text }» no es una temperatura; escriba, por ejemplo, { $example }
typed-no-name = No hay ningún dispositivo ni casa con el nombre «{ $name }»; hay: { $known }
typed-ambiguous = «{ $name }» puede ser: { $candidates }
typed-nothing-asked = Diga qué ajustar en «{ $name }», por ejemplo { $example }
typed-no-field = «{ $field }» no se puede ajustar aquí; lo que se puede ajustar: { $known }
typed-no-value = «{ $value }» no es un valor para «{ $field }»; escriba { $expected }
typed-no-present = No se conoce el valor actual de «{ $field }», así que no se puede cambiar por pasos; escriba el valor mismo
typed-other-scale = «{ $value }» no es un ajuste en { $scale }; para { $other } escriba { $value }{ $letter }
typed-no-thermostat-here = Esta orden necesita un termostato y aquí no hay ninguno
typed-no-fan-here = Esta orden necesita un ventilador y aquí no hay ninguno
typed-no-camera-here = Esta orden necesita una cámara y aquí no hay ninguna
typed-no-home-here = Esta orden necesita una casa y aquí no hay ninguna
typed-too-much = «{ $text }» sobra aquí; quítelo
typed-no-end = «{ $text }» no indica un final; escriba until 22:00, for 2h, until next o until cancelled
typed-not-held = Solo se retiene por un tiempo una temperatura, y no { $field }
typed-no-next-start = { $name } no tiene ningún programa activo, así que no tiene próxima consigna
expected-on-off = on u off
expected-temperature = una temperatura, por ejemplo 21,5, 70F o +1
expected-two-temperatures = dos temperaturas, por ejemplo 18-24
expected-mode = heat, cool, heat-cool, eco u off
expected-of-thermostat = una temperatura, un intervalo, un modo (por ejemplo eco) o fan on
expected-on-off-minutes = on, off o minutos
expected-minutes = minutos, por ejemplo 30
expected-arrival = los minutos a partir de ahora, por ejemplo 30, o cancel
expected-scale = C o F
expected-home-away = home o away
expected-of-home = home, away o eta 30

## Why a change is refused

refused-unknown = En esta cuenta no hay ningún dispositivo ni casa así: { $id }
refused-offline = El dispositivo está sin conexión; se podrá cambiar cuando vuelva
refused-eco = Eco está activado y mantiene sus propios límites; elija otro modo
refused-off = El termostato está apagado; elija un modo
refused-wants-range = «Calor · Frío» mantiene un intervalo; ajuste su temperatura mínima y máxima
refused-wants-one = Un intervalo necesita el modo «Calor · Frío»
refused-unknown-mode = Este programa no conoce el modo actual, así que no admite ninguna temperatura
refused-lacks-cooling = «{ $mode }» necesita refrigeración, y este termostato no la tiene
refused-lacks-heating = «{ $mode }» necesita calefacción, y este termostato no la tiene
refused-no-mode = «{ $word }» no es un modo; escriba heat, cool, heat-cool, eco u off
refused-too-high = { $asked } es demasiado; el máximo es { $limit }
refused-too-low = { $asked } es demasiado poco; el mínimo es { $limit }
refused-above-lock = { $asked } está por encima del bloqueo del termostato, que termina en { $limit }
refused-below-lock = { $asked } está por debajo del bloqueo del termostato, que empieza en { $limit }
refused-low-above-high = La temperatura objetivo mínima ({ $asked }) está por encima de la máxima ({ $limit })
refused-too-close = Entre las dos temperaturas objetivo debe haber al menos { $gap }
refused-no-temperature = «{ $word }» no es una temperatura
refused-emergency-heat = La calefacción de emergencia está activada; apáguela primero en el termostato
refused-safety = El ventilador permanece apagado mientras un Protect avise de humo o monóxido de carbono
refused-no-fan = Este termostato no controla ningún ventilador
refused-fan-off = El ventilador no puede arrancar con el termostato apagado; elija primero un modo
refused-fan-minutes = No se ofrecen { $minutes } minutos; elija 15, 30, 45, 60, 120, 240, 480 o 720
refused-label-too-long = La etiqueta tiene { $chars } caracteres; el máximo es 255
refused-name-missing = Una casa necesita un nombre
refused-no-away = «{ $word }» no es ni home ni away
refused-not-away = Una llegada solo se puede anunciar mientras la casa esté en «Fuera»
refused-no-thermostat = Una llegada prepara un termostato, y esta casa no tiene ninguno
refused-arrival-past = La llegada está en el pasado
refused-arrival-ends = La llegada termina antes de empezar
refused-service-away = { $service } no puede ajustar la presencia o la ausencia; lo más parecido es Eco en cada termostato
refused-service-names = { $service } no puede cambiar nombres
refused-service-eta = { $service } no admite llegadas
refused-service-scale = { $service } no puede cambiar la unidad de un termostato
refused-service-streaming = { $service } no puede encender ni apagar cámaras
refused-service = { $service } no puede cambiar esto

## Keys

key-ctrl = Ctrl
key-alt = Alt
key-shift = Mayús
key-left = Flecha izquierda

## Why a service did not do it

reason-unexplained = El servicio lo ha rechazado sin dar un motivo
reason-other-mode = El modo en que está ahora el termostato no lo permite; se está leyendo de nuevo su estado
reason-adjusted = El servicio ha ajustado { $to } en su lugar
reason-stored-other = El servicio ha guardado { $value } en su lugar
reason-device-gone = El servicio ya no conoce este dispositivo
reason-token-refused = El servicio no acepta el token
reason-withdrawn = Se ha retirado el acceso; inicie sesión de nuevo para continuar
reason-busy = El servicio pide esperar
reason-unavailable = El servicio no está disponible por el momento
reason-server-failed = El servicio ha tenido un error (estado { $status })
reason-status = El servicio ha respondido { $status }, lo que aquí no tiene sentido
reason-unreachable = No se puede acceder a { $host }: { $cause }
reason-no-answer = El servicio no ha respondido a tiempo
reason-silent = Hace demasiado que no se sabe nada del servicio
reason-broke-off = La conexión se ha interrumpido: { $cause }
reason-closed = El servicio ha cerrado la conexión
reason-stream-failed = El servicio ha avisado de un error en su flujo de datos
reason-stream-cancelled = El servicio ha cancelado su flujo de datos
reason-not-understood = El servicio ha enviado algo que no es JSON; ¿pide esta red iniciar sesión? ({ $detail })
reason-not-a-home = El servicio ha enviado otra cosa en lugar de una casa
reason-not-the-control-port = Este no es el puerto de control de un servidor de No Longer Evil; es el 8082 si nadie lo ha cambiado
reason-too-large = El servicio ha enviado más de { $megabytes } MB
reason-sign-in-refused = El servicio ha rechazado el inicio de sesión
reason-sign-in-status = El servicio ha rechazado el inicio de sesión con el estado { $status }
reason-no-token = El servicio no ha enviado ningún token al iniciar sesión
reason-sign-out-refused = El servicio ha respondido { $status } al cierre de sesión
reason-program = Algo ha fallado en este programa ({ $detail })
reason-program-ended = El programa terminó antes de que el servicio respondiera
redirect-status = El servicio ha respondido { $status }, lo que cambiaría la petición
redirect-hops = El servicio ha redirigido más de { $hops } veces
redirect-no-address = El servicio ha redirigido a una dirección no válida; el token no se ha enviado allí
redirect-user-info = El servicio ha redirigido a una dirección con un nombre de usuario; el token no se ha enviado allí
redirect-not-https = El servicio ha redirigido a una dirección sin cifrado; el token no se ha enviado allí
redirect-foreign-host = El servicio ha redirigido a { $host }, que no debe ver el token; no se ha enviado allí
cause-refused = allí no responde nada
cause-unknown-host = no se ha encontrado su nombre; ¿tiene conexión este equipo?
cause-no-route = ninguna red lleva hasta allí
cause-timed-out = no ha llegado respuesta a tiempo
cause-hung-up = el otro lado ha cortado la conexión
cause-certificate = su certificado no es válido para esta dirección
cause-encryption = no se ha podido acordar una conexión cifrada
cause-unknown = no se ha podido establecer ninguna conexión

## Addresses, tokens and accounts that cannot be used

url-none = «{ $text }» no es una dirección web; escríbala con https:// delante
url-port = El puerto de la dirección no existe; los puertos van del 1 al 65535
url-scheme = La dirección debe empezar por https://, no por { $scheme }://
url-plaintext = La dirección debe empezar por https://; con http la red vería el token, y solo vale para este equipo (127.0.0.1, localhost)
url-user-info = La dirección no debe contener nombre de usuario ni contraseña
url-query = La dirección no debe contener «?» ni «#»
url-token = El token contiene un espacio, un salto de línea u otro carácter que ningún token tiene; cópielo de nuevo
vault-missing = No hay ningún token guardado
vault-locked = El llavero está bloqueado o niega el acceso ({ $detail }); desbloquéelo e inténtelo de nuevo
vault-no-keyring = Este escritorio no tiene llavero ({ $detail }); instale gnome-keyring o KWallet para guardar el token
vault-silent = El llavero no ha respondido en 5 segundos; desbloquéelo e inténtelo de nuevo
vault-damaged = El token guardado está dañado; inicie sesión de nuevo
vault-passphrase = El token está en un archivo cifrado; escriba su frase de contraseña
vault-wrong-passphrase = La frase de contraseña no abre el archivo del token
vault-file = No se puede usar el archivo del token ({ $why }): { $path }
vault-cipher = No se puede cifrar el token ({ $detail })
vault-machine = No se puede consultar el llavero ({ $detail })
session-half-environment = { $url } y { $token } van juntas; defina las dos o ninguna
session-no-such-account = No hay ninguna cuenta con el nombre «{ $name }»
session-no-account = Todavía no hay ninguna cuenta; conecte una en los ajustes
start-in-use = Otro programa está usando { $address }; elija otro puerto, o el puerto 0 para cualquiera libre
start-address = No se puede escuchar en { $address } ({ $why })
start-not-loopback = Otros pueden acceder a { $address }; la casa simulada es solo para este equipo, en 127.0.0.1 o [::1]
start-speed = { $speed } no es una velocidad; elija un número mayor que 0 y no más de 100000
start-size = { $count } termostatos no son posibles; elija de 1 a 10000
start-token = El token debe tener caracteres ASCII visibles, sin espacios
account-environment = Servidor de las variables de entorno
closed-title = No se puede abrir esta cuenta
closed-about = El motivo se indica arriba. Resuélvalo en los ajustes o eche un vistazo a la casa simulada.
line-closed = sin abrir

## The way back from the browser

back-port-in-use = El puerto { $port } de este equipo está en uso; inténtelo de nuevo
back-no-port = No se ha podido abrir ningún puerto para el inicio de sesión ({ $detail })
back-ended = El navegador ya no puede volver a Setpoint; inténtelo de nuevo
back-timed-out = El navegador no ha vuelto en { $minutes } minutos; inténtelo de nuevo
browser-signed-in = Sesión iniciada. Ya puede cerrar esta página y volver a Setpoint.
browser-refused = Se ha rechazado el inicio de sesión. Ya puede cerrar esta página y volver a Setpoint.
browser-no-code = El servicio no ha enviado ningún código. Vuelva atrás e inténtelo de nuevo.
browser-not-ours = Setpoint no ha pedido este inicio de sesión. No se ha cambiado nada.

## Notices

settings-unreadable = No se pueden leer los ajustes ({ $why }); se usan los predeterminados: { $path }
settings-set-aside = No se han podido leer los ajustes. El archivo se ha guardado como { $path } y se ha empezado uno nuevo
settings-stuck = No se han podido leer los ajustes ni apartar el archivo ({ $why }): { $path }
settings-newer = Los ajustes los ha escrito una versión más reciente; lo que aquí no se conoce se conserva
settings-unknown-desktop = El ajuste { $key } = { $value } no se conoce; se usa el valor del sistema
settings-unknown-language = El ajuste { $key } = { $value } no se conoce; se usa el idioma del sistema
settings-unknown-usual = El ajuste { $key } = { $value } no se conoce; se usa el valor habitual
settings-unusable-accounts =
    { $count ->
        [one] Una cuenta de los ajustes no sirve y se deja fuera
       *[other] { $count } cuentas de los ajustes no sirven y se dejan fuera
    }
settings-not-saved = No se pueden guardar los ajustes ({ $why }); duran hasta que se cierre Setpoint
presets-set-aside = No se han podido leer las escenas. El archivo se ha guardado como { $path } y se ha empezado uno nuevo
presets-stuck = No se han podido leer las escenas ni apartar el archivo ({ $why }): { $path }
presets-unusable =
    { $count ->
        [one] Esta versión no puede usar una de las escenas; se conserva en el archivo
       *[other] Esta versión no puede usar { $count } escenas; se conservan en el archivo
    }
queue-set-aside = No se ha podido leer la lista de cambios sin enviar. El archivo se ha guardado como { $path } y se ha empezado uno nuevo
queue-stuck = No se ha podido leer la lista de cambios sin enviar ni apartar el archivo ({ $why }): { $path }
queue-unreadable = No se puede leer la lista de cambios sin enviar ({ $why })
queue-not-saved = No se pueden guardar los cambios que esperan al servicio ({ $why }); solo se conservan mientras Setpoint esté abierto
journal-unreadable = No se puede leer el registro de actividad ({ $why })
journal-not-saved = No se puede guardar el registro de actividad ({ $why }); solo se conserva mientras Setpoint esté abierto
account-in-use = Otro proceso de Setpoint tiene abierta esta cuenta y no la libera. Ciérrelo e inténtelo de nuevo
not-locked = No se pueden bloquear los archivos de esta cuenta ({ $why }); los cambios que esperan solo se conservan mientras Setpoint esté abierto
token-not-kept = El token solo se conserva mientras Setpoint esté abierto. { $why }
sign-out-not-told = El servicio no se ha enterado del cierre de sesión. { $why }
token-not-deleted = No se ha podido borrar el token. { $why }
about = { $subject }: { $text }
file-missing = no existe
file-denied = permiso denegado
file-read-only = el disco es de solo lectura
file-full = el disco está lleno
file-in-the-way = hay otra cosa en su lugar
file-not-plain = no es un archivo normal de un tamaño razonable

## The activity

activity = Actividad
activity-search = Buscar en los cambios
activity-clear = Borrar la búsqueda
activity-whose = De quién
activity-kind = Tipo
activity-everything = Todo
activity-changes = Cambios
activity-presence = Presencia
activity-offline = Sin conexión
activity-anybody = Cualquiera
activity-device = Dispositivo
activity-devices = Todos los dispositivos
activity-ours = Desde aquí
activity-others = Desde otro lugar
activity-alarms = Alarmas
activity-empty = Aún no se ha cambiado nada
activity-empty-about = En esta lista aparecen los cambios hechos aquí y en otros lugares.
activity-none = Sin resultados
activity-none-about = Ningún cambio coincide con la búsqueda. Pruebe con el nombre de un dispositivo, un valor o una hora.
change-value = { $device }: { $from } → { $to }
change-value-to = { $device }: { $to }
change-field = { $device } · { $field }: { $from } → { $to }
change-field-to = { $device } · { $field }: { $to }
change-away = { $device }: Puesto en { $to }
change-arrival-cancelled = { $device }: Llegada cancelada
change-undone = Deshecho
who-window = esta ventana
who-tray = bandeja
who-cli = línea de órdenes
who-bridge = otro programa, por el puente
who-rule = regla
who-schedule = programación
who-hold = fin de una retención
who-elsewhere = desde otro lugar
who-after-away = con «Fuera»
who-after-home = con «En casa»
outcome-done = hecho
outcome-accepted = aceptado
outcome-refused = rechazado: { $why }
outcome-unconfirmed = aceptado, aún sin confirmar
outcome-may-have-arrived = puede que haya llegado: { $why }
outcome-expired = caducó antes de enviarse
outcome-discarded = retirado
standing-undone = deshecho
standing-superseded = cambiado de nuevo desde entonces
undo-what = Deshacer: { $what }
redo-what = Rehacer: { $what }
retry-what = Reintentar: { $what }
recent = Últimos cambios
recent-all = todos ›
toast-refused = { $change } · rechazado: { $why }
toast-undone = Deshecho: { $change }
toast-unconfirmed = { $change } · aceptado; el dispositivo aún no lo ha confirmado
toast-may-have-arrived = { $change } · puede que haya llegado: { $why }
toast-expired = { $change } · caducó antes de enviarse
close-toast = Cerrar este mensaje

## Las peticiones como código

as-code = Como código
as-code-show = Mostrar como código
as-code-show-what = Mostrar como código: { $what }
as-code-name = El código
as-code-language = Lenguaje de programación
as-code-copy = Copiar
as-code-copied = Se ha copiado el código ({ $language })
as-code-line = En una línea, para un servicio que no redirige:
as-code-line-copy = Copiar la línea
as-code-script = Un script que sigue las redirecciones, pero envía el token solo a este servicio:
as-code-terminal = Abrir en una terminal
as-code-terminal-none = No se ha encontrado ninguna terminal en este escritorio
as-code-terminal-shell = Solo el código para un shell se ejecuta tal cual en una terminal: curl, HTTPie y setpoint
as-code-terminal-hint = Para ejecutarlo, con el token en { $variable }:
as-code-terminal-hint-account = Para ejecutarlo:
as-code-terminal-failed = No se ha podido abrir la terminal ({ $why })
as-code-token = El token no está en el código, que lo lee de la variable de entorno { $variable }. Esto lo pide en un shell sin dejarlo en el historial:
as-code-token-page = El token no está en el código, que lo pide al ejecutarse.
as-code-other-api = Esta cuenta está en un servicio con otra API. «setpoint serve» es el puente hacia ella: ponga su dirección en lugar de { $address } y su token en la variable.
as-code-simulated = La casa simulada de este programa no tiene dirección propia. «setpoint simulate» sirve una igual: ponga su dirección en lugar de { $address }.
as-code-no-value = Ahora mismo no hay ningún valor que escribir
as-code-elsewhere = Esto se ha cambiado en otro lugar; aquí no se sabe qué se pidió
as-code-no-request = Ningún código puede hacer esta petición: su ruta o la dirección del servicio no encaja
as-code-account = La orden toma del programa la dirección y el token de la cuenta «{ $account }».

## Presets

presets = Escenas
presets-about = Conjuntos de cambios con nombre, tomados del estado actual y aplicados juntos.
presets-suggested = Sugerencias para esta casa
presets-levels = Niveles de confort, para todos los termostatos en su modo actual
preset-level = Convertir en nivel de confort
preset-level-name = Convertir { $name } en nivel de confort
preset-level-about = Fija lo mismo en cada termostato; como nivel de confort la conocen también los horarios y las reglas.
preset-level-there = Hay un nivel de confort con este nombre y las mismas consignas.
preset-level-instead = Usar el nivel en su lugar
preset-level-instead-name = Quitar la escena { $name } y usar su nivel de confort
presets-all = Todas las escenas
presets-empty = Aún no hay escenas
presets-empty-about = Ajústelo todo a su gusto y guárdelo con un nombre.
presets-not-saved = No se pueden guardar las escenas ({ $why }); duran hasta que se cierre Setpoint
preset-new = Nueva a partir del estado actual
preset-apply = Aplicar { $name }
preset-edit = Editar { $name }
preset-remove = Eliminar { $name }
preset-up = Subir { $name }
preset-down = Bajar { $name }
preset-add = Añadir…
preset-look-at = Examinar { $name } y añadirla
preset-removed = Se ha eliminado { $name }
preset-put-back = Recuperar { $name }
starter-night = Noche
starter-away = Fuera
starter-everything-off = Todo apagado
preset-name = Nombre de la escena
preset-name-hint = por ejemplo, Noche
preset-recapture = Tomar los valores actuales
preset-sets-nothing = Elija al menos un valor
preset-camera-goes-on = La cámara se enciende, previa confirmación
preset-includes = Incluir: { $what }
preset-device-gone = Un dispositivo que ya no está
preset-name-empty = Una escena necesita un nombre
preset-name-long = El nombre tiene { $chars } caracteres; el máximo es { $most }
preset-name-taken = Ya hay una escena con el nombre «{ $name }»
preset-unknown = Esta escena ya no existe
lower-end = { $what }, límite inferior
upper-end = { $what }, límite superior
batch-going-on = { $name } · { $done } de { $all }
batch-over = { $name }: { $result }
batch-undoing = Deshaciendo { $name } · { $done } de { $all }
batch-undone = { $name } · deshecho: { $result }
batch-changed =
    { $count ->
        [one] 1 cambiado
       *[other] { $count } cambiados
    }
batch-set-back =
    { $count ->
        [one] 1 restablecido
       *[other] { $count } restablecidos
    }
batch-same =
    { $count ->
        [one] 1 ya lo estaba
       *[other] { $count } ya lo estaban
    }
batch-failed =
    { $count ->
        [one] 1 fallido
       *[other] { $count } fallidos
    }
batch-left =
    { $count ->
        [one] 1 retirado
       *[other] { $count } retirados
    }
batch-details = Detalles
batch-details-less = Menos detalles
batch-close = Cerrar esta lista
item-waiting = en espera
item-sending = en camino
item-conflict = cambiado en otro lugar; elija en su página
item-replaced = sustituido por un cambio más reciente
item-may-have-arrived = puede que haya llegado

## The document

explorer-tree = Documento de la casa
explorer-search = Buscar en claves y valores
explorer-hits = { $at } de { $count }
explorer-none = Sin resultados
explorer-next = Resultado siguiente
explorer-previous = Resultado anterior
explorer-fold-all = Plegar todo
explorer-unfold-all = Desplegar todo
explorer-fold = Plegar
explorer-unfold = Desplegar
explorer-read-only = Este valor es de solo lectura
explorer-can-change = se puede cambiar
explorer-confidential = Confidencial: ni se muestra ni se copia
explorer-open = Abrir su página
explorer-account = Cuenta: { $name }
explorer-copied = Copiado
explorer-close = Cerrar los detalles
explorer-empty = Aún no se sabe nada
explorer-empty-about = El documento aparece en cuanto el servicio ha enviado la casa.
json-tree-copy-path = Copiar la ruta
json-tree-copy-value = Copiar el valor
json-tree-changed = acaba de cambiar
json-tree-hit = encontrado
json-tree-entries =
    { $count ->
        [one] Una entrada
       *[other] { $count } entradas
    }

## The simulator

simulator = Simulador
simulator-about = Lo que ninguna aplicación puede hacer: meteorología, visitas, humo y cables rotos en la casa simulada.
simulator-not-here = No hay ninguna casa simulada abierta
simulator-not-here-about = Esta página pertenece a la casa simulada, que se abre en los ajustes.
simulator-failed = No ha ocurrido nada: el dispositivo está apagado, sin conexión o ya no existe
simulator-outdoor = Exterior
simulator-outdoor-fixed = { $degrees }, ajustado a mano
simulator-outdoor-free = { $degrees }, según la hora del día
simulator-outdoor-release = Seguir la hora del día
simulator-outdoor-is-free = La temperatura ya sigue la hora del día
simulator-speed = Velocidad del tiempo
simulator-time = Hora en la casa simulada: { $time }
simulator-camera-dark = La cámara está apagada o sin conexión y no ve nada
simulator-event-name = { $event } ante la cámara { $device }
simulator-battery-low = Agotar la batería
simulator-battery-full = Cambiar la batería
simulator-lock = Bloqueo
simulator-lock-about = Limita las temperaturas objetivo a { $low }–{ $high }, como en el dispositivo
simulator-rush-hour-about = La compañía pide ahorrar energía desde ahora
simulator-take-offline = Dejar sin conexión
simulator-bring-online = Recuperar la conexión

## The settings

settings = Ajustes
as-the-desktop = Como el sistema
settings-appearance = Apariencia
settings-appearance-about = Sigue al sistema mientras no elija otra
settings-light = Clara
settings-dark = Oscura
settings-contrast = Alto contraste
settings-motion = Movimiento reducido
settings-language = Idioma
settings-tray = Bandeja
settings-developer = Páginas y menús para desarrolladores
settings-developer-about = La consola de la API, el documento de la casa, el simulador y las peticiones como código.
settings-developer-simulated = En la casa simulada
settings-text-size = Tamaño del texto
settings-text-size-about = De todos los textos y controles
settings-scale = Temperaturas
settings-scale-about = Lo que Setpoint muestra y lee; los termostatos conservan la suya
settings-scale-own = Como el termostato
settings-accounts = Cuentas
accounts-add = Añadir una casa
settings-account-open = abierta
settings-account-switch = Abrir { $name }
account-several = { $count } cuentas
account-rename = Cambiar el nombre de { $name }
account-name-of = Nombre de { $name }
account-keep-name = Llamarla { $name }
account-name-empty = Una cuenta necesita un nombre
account-name-taken = Ya hay una cuenta con el nombre «{ $name }»
accounts-show = Mostrar las cuentas
account-not-shown = no se muestra ahora
account-reconnect = Volver a conectar { $name }
account-sign-in = Volver a iniciar sesión en { $name }
account-sign-out = Cerrar la sesión de { $name }
account-lacks = { $service } no puede cambiar: { $fields }
account-devices =
    { $count ->
        [0] ningún dispositivo
        [one] un dispositivo
       *[other] { $count } dispositivos
    }
account-line = { $name }: { $line }
accounts-away = { $away } de { $count } cuentas sin conexión
settings-writes-left =
    { $count ->
        [0] Se ha alcanzado el límite de peticiones; los cambios esperan
        [one] Se puede enviar un cambio de inmediato
       *[other] Se pueden enviar { $count } cambios de inmediato
    }
simulated-home-about = No vive nadie; para curiosear
sign-out = Cerrar sesión
open-simulated = Abrir la casa simulada
unseal-title = El token está en un archivo cifrado
connect-title = Conectar su casa
connect-question = ¿Qué termostato tiene?
connect-hint = ¿Tiene dudas? Un termostato que la aplicación Google Home puede controlar corresponde a la primera respuesta.
connect-other = Otro termostato
connect-steps = Cómo se hace
connect-google = Nest Thermostat, Thermostat E, Learning Thermostat de 3.ª o 4.ª generación
connect-google-about = También cámaras y timbres. Por la API de Google: una media hora y 5 dólares estadounidenses, una sola vez.
connect-nle = Nest Learning Thermostat de 1.ª o 2.ª generación
connect-nle-about = Con el firmware de No Longer Evil, en un servidor propio o en nolongerevil.com.
connect-wwn = Otro servidor
connect-wwn-about = Uno que usa la API de Works with Nest, por ejemplo otro Setpoint de su red.
connect-nle-step-firmware = Instale en el termostato el firmware de No Longer Evil, como describe su proyecto.
connect-nle-step-own = Con un servidor propio, escriba la dirección de su puerto de control, por ejemplo http://192.168.1.10:8082.
connect-nle-step-hosted = En nolongerevil.com, escriba https://nolongerevil.com y una clave de su cuenta.
connect-wwn-step-server = Escriba la dirección del servidor. El del fabricante se apagó en 2023.
connect-wwn-step-token = Pegue su token de acceso, o abra el resto del formulario para iniciar sesión en su página.
connect-wwn-step-try = Para probarlo, ejecute «setpoint serve» en este equipo: la orden muestra una dirección y un token.
connect-vendor-is-off = El fabricante apagó este servidor en 2023. Para un termostato más nuevo, vuelva y elija la primera respuesta.
count-thermostats =
    { $count ->
        [one] un termostato
       *[other] { $count } termostatos
    }
count-cameras =
    { $count ->
        [one] una cámara
       *[other] { $count } cámaras
    }
count-protects =
    { $count ->
        [one] un Protect
       *[other] { $count } Protect
    }
connected-title = Su casa está aquí
connected-reading = Leyendo su casa…
connected-nothing = Ningún dispositivo todavía
connected-open = Mostrar mi casa
unseal-passphrase = Frase de contraseña del archivo
unseal-needs-passphrase = Escriba primero la frase de contraseña
unseal-open = Abrir el archivo
sign-in-about-sdm = La API de Google para los dispositivos Nest nuevos. Necesita un proyecto de Device Access propio (5 dólares estadounidenses, una sola vez), un cliente OAuth y una suscripción de Pub/Sub.
google-project = Proyecto de Device Access
google-project-wrong = Eso no es un proyecto de Device Access: su identificador es un UUID, y no el de un proyecto de Cloud
google-client = ID de cliente OAuth
google-client-wrong = Eso no es un cliente OAuth: su identificador termina en .apps.googleusercontent.com
google-secret = Secreto de cliente OAuth
google-subscription = Suscripción de Pub/Sub
google-subscription-topic = Eso es un tema; lo que hace falta es una suscripción pull a él
google-subscription-wrong = Eso no es una suscripción: se escribe projects/…/subscriptions/…
google-port = Puerto al que vuelve el navegador
google-port-wrong = Eso no es un puerto: elija un número de 1 a 65535
google-needs-ids = Escriba primero el proyecto y el cliente OAuth
google-sign-in = Iniciar sesión en Google
google-guide = Configurarlo en Google, paso a paso
google-guide-about = Lleva una media hora, una sola vez. Use en cada página la misma cuenta de Google: aquella en la que están sus dispositivos Nest.
google-step = Paso { $number }: { $title }
google-step-cloud = Crear un proyecto de Cloud y habilitar dos API
google-step-cloud-about = El nombre da igual; el identificador, por ejemplo my-home-1234, hará falta en el paso 5. Abra después las dos bibliotecas, elija arriba el proyecto nuevo y pulse «Habilitar» en cada una.
google-step-consent = Rellenar la pantalla de consentimiento y publicarla
google-step-consent-about = Elija «Externo» y rellene solo lo obligatorio: un logotipo u otros enlaces iniciarían una revisión. Después, en «Público», pulse «Publicar aplicación». Mientras siga en pruebas, Google cierra su sesión cada siete días.
google-step-client = Crear un cliente OAuth
google-step-client-about = Tipo «Aplicación web»; como URI de redireccionamiento autorizado añada exactamente { $address }. Copie su ID y su secreto en el formulario.
google-step-access = Crear un proyecto de Device Access
google-step-access-about = Acepte las condiciones y pague 5 dólares estadounidenses, una sola vez. Cree un proyecto con el ID de cliente OAuth del paso 3; deje los eventos desactivados por ahora. Su identificador es un UUID: cópielo en el formulario.
google-step-subscription = Poner nombre a una suscripción para los eventos
google-step-subscription-about = En el formulario, escriba projects/SU-PROYECTO/subscriptions/nest con el identificador del paso 1. Tras iniciar sesión, «Comprobar la configuración» puede crearla con su tema. A mano: cree un tema, conceda a { $group } el rol Publicador de Pub/Sub en el tema mismo y añada una suscripción de tipo «Pull» que no caduque nunca.
google-step-sign-in = Iniciar sesión y permitirlo todo
google-step-sign-in-about = Google avisa de que la aplicación no está verificada: es la suya, así que elija «Configuración avanzada» y continúe. Marque cada dispositivo. Uno comprado más tarde se marca en la página de sus consentimientos.
google-step-check = Comprobar la configuración y crear lo que falte
google-step-check-about = «Comprobar la configuración» pregunta a Google por cada parte y dice cómo arreglar lo que no esté bien.
google-step-topic = Introducir el tema en el proyecto de Device Access
google-step-topic-about = Active allí los eventos e introduzca el nombre completo del tema, por ejemplo projects/SU-PROYECTO/topics/nest; pulse «Add & validate». Sin esto, Google no envía eventos.
google-link-new-project = Crear un proyecto de Cloud
google-link-device-api = API Smart Device Management
google-link-events-api = API Cloud Pub/Sub
google-link-consent = Pantalla de consentimiento
google-link-audience = Público
google-link-clients = Clientes OAuth
google-link-access = Consola de Device Access
google-link-topics = Temas
google-link-subscriptions = Suscripciones
google-link-consents = Sus consentimientos
google-check = Comprobar la configuración
google-make = Crear lo que falta
google-make-about = Crea la suscripción y su tema en su proyecto de Cloud y permite que Google publique en él.
google-checking = Preguntando a Google por cada parte…
google-well = Todo está en orden
google-not-well = Arregle esto y compruebe de nuevo
google-not-ready = Google le ha dejado entrar, pero la configuración no está completa. Arregle lo que se indica aquí e inicie sesión de nuevo; solo se le volverá a preguntar si hace falta.
google-topic-note = Los eventos llegan cuando este mismo tema figura en su proyecto de Device Access: { $topic }
google-check-client = Cliente OAuth y su secreto
google-check-consent = Inicio de sesión y consentimiento
google-check-device-api = API Smart Device Management habilitada
google-check-devices = Proyecto de Device Access y sus dispositivos
google-check-events-api = API Cloud Pub/Sub habilitada
google-check-subscription = Suscripción
google-check-topic = Tema
google-check-publisher = Google puede publicar en el tema
google-verdict-passed = en orden
google-verdict-made = recién creado
google-verdict-mind = funciona, pero
google-verdict-failed = por arreglar
google-verdict-untried = aún sin comprobar
google-finding = { $check }: { $verdict }
google-remedy-client-unknown = Google no conoce ese cliente OAuth. Copie de nuevo el ID de cliente completo; un cliente eliminado debe crearse de nuevo.
google-remedy-client-secret = El secreto no pertenece a este cliente OAuth. Abra el cliente, copie su secreto o añada uno nuevo e inicie sesión de nuevo.
google-remedy-redirect = El cliente OAuth no permite la dirección a la que vuelve el navegador. Añada { $address } a sus URI de redireccionamiento autorizados, exactamente así.
google-remedy-sign-in-first = Nadie ha iniciado sesión con este cliente todavía. Inicie sesión; lo demás se puede comprobar después.
google-remedy-testing = La pantalla de consentimiento está en pruebas, así que Google cerrará su sesión a los siete días. En «Público», pulse «Publicar aplicación» e inicie sesión de nuevo.
google-remedy-ran-out = La sesión terminó a los siete días, como ocurre mientras la pantalla de consentimiento está en pruebas. En «Público», pulse «Publicar aplicación» e inicie sesión de nuevo: esa durará.
google-remedy-ended = Google ya no acepta la sesión. Iníciela de nuevo. Termina cuando se retira el consentimiento, tras seis meses sin uso, cuando se cambia el cliente del proyecto de Device Access, y cada siete días mientras la pantalla de consentimiento está en pruebas.
google-remedy-another-client = La sesión se inició con otro cliente OAuth. Inicie sesión de nuevo con este.
google-remedy-not-all = En la página de Google no se permitió todo. Inicie sesión de nuevo y deje marcadas todas las casillas: hacen falta los dispositivos y Pub/Sub.
google-remedy-device-api = La API Smart Device Management está desactivada en el proyecto de Cloud del cliente OAuth. Pulse «Habilitar» en su página y espere unos minutos.
google-remedy-events-api = La API Cloud Pub/Sub está desactivada en el proyecto de Cloud. Pulse «Habilitar» en su página y espere unos minutos.
google-remedy-not-yours = Google no le deja entrar en este proyecto de Device Access. En su consola, el proyecto debe indicar este mismo cliente OAuth. Inicie sesión con la cuenta de Google a la que pertenece la casa.
google-remedy-no-project = No existe ese proyecto de Device Access. Copie su identificador de la consola: un UUID, y no el identificador del proyecto de Cloud.
google-remedy-no-device = Aún no se permite ningún dispositivo. Abra la página de sus consentimientos, elija el proyecto y marque la casa y cada dispositivo; o inicie sesión de nuevo.
google-remedy-no-subscription = No se indica ninguna suscripción, así que los dispositivos solo se leen una vez por minuto y las cámaras no avisan de nada. Escriba una e inicie sesión de nuevo.
google-remedy-no-such-subscription = No existe esa suscripción. Compruebe que el proyecto de Cloud de su nombre es el suyo; Setpoint puede crearla, o cree usted mismo una suscripción pull con ese nombre.
google-remedy-subscription-denied = Esta cuenta de Google no puede ver la suscripción. Compruebe que el proyecto de Cloud de su nombre es el suyo y que inició sesión con la cuenta que la creó.
google-remedy-not-a-pull = Esta suscripción envía sus mensajes a otra parte. Cree otra en el mismo tema, con entrega de tipo «Pull», y escriba su nombre.
google-remedy-expires =
    { $days ->
        [one] Google elimina la suscripción tras un día sin uso. Edítela y ponga el vencimiento en «Nunca».
       *[other] Google elimina la suscripción tras { $days } días sin uso. Edítela y ponga el vencimiento en «Nunca».
    }
google-remedy-topic-deleted = El tema de esta suscripción ya no existe y ningún otro puede ocupar su lugar. Elimine la suscripción o elija otro nombre y compruebe de nuevo para que se creen los dos.
google-remedy-hosted = Este tema es de Google y desde el 30 de noviembre de 2026 no recibe más eventos. Escriba una suscripción propia, projects/SU-PROYECTO/subscriptions/nest, inicie sesión de nuevo, compruebe e introduzca su tema en Device Access. Sus consentimientos se conservan.
google-remedy-topic-denied = Esta cuenta de Google no puede ver ni cambiar el tema. Tiene que estar en un proyecto de Cloud de la cuenta con la que inició sesión.
google-remedy-publisher = Google no puede publicar en el tema, así que no llegan eventos. Abra el tema, añada la entidad principal { $group } y concédale el rol Publicador de Pub/Sub.
google-remedy-publisher-there = El rol se concedió en la suscripción, donde no sirve de nada. Conceda a { $group } el rol Publicador de Pub/Sub en el tema.
google-remedy-policy-hidden = Esta cuenta no puede ver quién puede publicar en el tema. Compruebe allí que { $group } tiene el rol Publicador de Pub/Sub.
google-remedy-wait = Google pide esperar. Compruebe de nuevo en un minuto.
google-remedy-later = No se ha podido comprobar: { $reason }. Compruebe de nuevo más tarde.
google-remedy-said = Google lo rechaza: { $said }
sign-in-open-server = Este servidor no pide inicio de sesión: quien llega a él puede cambiar la calefacción. Déjelo en su propia red.
sign-in-proxy-token = Token de un proxy delante
sign-in-proxy-token-hint = solo si hay uno
sign-in-hosted = Ese servidor permite veinte peticiones por minuto: lo que cambia en otra parte se ve un poco más tarde. Setpoint lo conoce solo por su documentación.
sign-in-key = Clave de su cuenta en ese servidor
sign-in-needs-key = Escriba primero la clave
sign-in-add = Añadir este servidor
sign-in-address = Dirección
sign-in-name = Nombre para mostrar
sign-in-token = Token de acceso
sign-in-with-token = Iniciar sesión con el token
sign-in-otherwise = Iniciar sesión con un PIN o en el navegador
sign-in-page = Página de inicio de sesión
sign-in-token-address = Dirección del token
sign-in-client = ID de cliente
sign-in-secret = Secreto de cliente
sign-in-pin = PIN
sign-in-pin-hint = dejar vacío para usar el navegador
sign-in-in-browser = Iniciar sesión en el navegador
sign-in-with-pin = Iniciar sesión con el PIN
sign-in-waiting-browser = Esperando al navegador…
sign-in-waiting-service = Consultando al servicio…
sign-in-my-home = Mi casa
sign-in-working = Ya hay un inicio de sesión en curso
sign-in-needs-address = Escriba primero la dirección
sign-in-needs-token = Escriba primero el token
sign-in-needs-client = Escriba primero la dirección del token y el ID de cliente
keep-token = Guardar el token
keep-keyring = En el llavero
keep-memory = Solo con Setpoint abierto
keep-sealed = En un archivo cifrado
keep-passphrase = Frase de contraseña
keep-passphrase-hint = cifra el archivo; se pide en cada inicio

## El escritorio: bandeja, cierre de la ventana, enlaces

connecting = Conectando…
tray-alarm = Humo o monóxido de carbono
tray-sign-in = Volver a iniciar sesión
tray-warmer = Más cálido, a { $value }
tray-cooler = Más fresco, a { $value }
tray-cameras = Cámaras
tray-undo = Deshacer: { $what }
tray-nothing-to-undo = Nada que deshacer
tray-open = Abrir Setpoint
tray-launcher = Lanzador rápido
tray-quit = Salir
tray-gone = Este escritorio no muestra ninguna bandeja en este momento, así que la ventana está abierta en su lugar.
closing-title = ¿Mantener Setpoint en marcha?
closing-about = Setpoint puede quedarse en la bandeja: allí muestra lo que hace la calefacción y se abre con un clic. Se puede cambiar después en los ajustes.
closing-no-tray-title = Este escritorio no tiene bandeja
closing-no-tray-about = Sin bandeja, cerrar la ventana también cierra Setpoint. GNOME muestra una con la extensión «AppIndicator and KStatusNotifierItem Support»; la mayoría de los demás escritorios la ofrecen en los ajustes de su panel.
closing-stay = Mantener en la bandeja
closing-quit = Salir
link-title = Un enlace pide esto
link-about = No se envía nada antes de aplicarlo.
link-name = De un enlace
left-unsent =
    { $count ->
        [one] un cambio no se pudo enviar antes de terminar; se conserva y se enviará en el próximo inicio
       *[other] { $count } cambios no se pudieron enviar antes de terminar; se conservan y se enviarán en el próximo inicio
    }
settings-on-close = Al cerrar la ventana
settings-on-close-about = En la bandeja, Setpoint sigue enviando lo que espera.
settings-on-close-ask = Preguntar
settings-on-close-stay = Seguir en la bandeja
settings-on-close-quit = Salir
settings-tray-scrolls = Rueda sobre el icono
settings-tray-scrolls-about = Cambia la temperatura objetivo del primer termostato anclado.
launcher-keys = Intro ejecuta · Tab completa · Esc cierra
launcher-pinned = Anclados
launcher-first = Dispositivos
pin = Anclar a la bandeja y al lanzador
rename = Cambiar el nombre
copy-value = Copiar el valor
context-menu = Más sobre este valor
unpin = Desanclar

## Inicio con el escritorio

settings-autostart = Iniciar con el escritorio
settings-autostart-about = En la bandeja, sin ventana.
autostart-other = Se inicia otra copia de Setpoint: { $command }. Al desactivar y volver a activar, se inicia esta.
autostart-sandbox = Un Flatpak aún no puede cambiarlo por sí mismo; los ajustes del escritorio muestran lo que se inicia con él.
autostart-platform = Aún no disponible en este sistema.
autostart-nowhere = No disponible: no hay carpeta personal donde guardarlo.
autostart-foreign = { $file } no lo escribió Setpoint, así que no se toca. Los ajustes del escritorio pueden cambiarlo.
autostart-unreadable = { $file } no se puede leer ({ $why }).
autostart-not-written = { $file } no se puede cambiar ({ $why }).
autostart-path = Un escritorio no puede iniciar un programa cuya ruta contiene estos caracteres: { $file }

## Keys for the launcher

hotkey = Teclas del lanzador rápido
hotkey-about = Lo abren desde cualquier parte mientras Setpoint funciona.
hotkey-choose = Elegir…
hotkey-press = Pulse las teclas…
hotkey-remove = Quitar
hotkey-nothing-held = Mantenga también Ctrl o Alt, para que al escribir no se abra.
hotkey-unknown = Se admiten letras, cifras, la barra espaciadora y de F1 a F12.
hotkey-escape = Esc lo deja como estaba.
hotkey-denied = Otro programa tiene estas teclas, o el escritorio no las asigna.
hotkey-unavailable = Este escritorio no da teclas a los programas. Sus propios ajustes pueden iniciar «setpoint launcher» con una tecla.
hotkey-asking = Se está preguntando al escritorio.
hotkey-given = El escritorio ha asignado estas: { $keys }

## Notifications

notify = Notificaciones
notify-alarms = Humo y monóxido de carbono
notify-people = Una persona ante una cámara
notify-motion = Cualquier movimiento ante una cámara
notify-refused = Un cambio que no se ha hecho
notify-sign-in = Un inicio de sesión necesario
notify-offline = Un dispositivo sin conexión durante diez minutos
notify-cameras-about = En la página de una cámara se puede elegir otra cosa para ella.
notify-camera = Notificaciones
notify-camera-about = Lo que ve esta cámara mientras nadie mira la ventana.
notify-camera-usual = Como en los ajustes
notify-camera-nothing = Nada
notify-camera-people = Personas
notify-camera-movement = Personas y cualquier movimiento
notify-quiet = Horas de silencio
notify-quiet-from = Silencio desde
notify-quiet-until = Silencio hasta
notify-quiet-about = Entonces solo se avisa de humo y monóxido de carbono.
notify-not-set = { $device }: { $field } no se ha cambiado
notify-may-have-arrived = { $device }: { $field } quizá se ha cambiado
notify-expired = El servicio estuvo inaccesible demasiado tiempo y el cambio caducó.
notify-burst =
    { $count ->
        [one] Un mensaje
       *[other] { $count } mensajes
    }

## La consola

action-console = Enviar peticiones a la API
console-pages = Páginas para desarrolladores
console-requests = API
console-tree = Árbol
console-no-account = No hay ninguna cuenta abierta
console-no-account-about = Las peticiones se pueden enviar en cuanto haya una cuenta abierta. Hasta entonces, los ajustes dicen qué falla.
console-account = Cuenta
console-method = Método
console-path = Ruta
console-body = Cuerpo, en JSON
console-format = Dar formato
console-format-not-json = Solo se puede dar formato a JSON
console-format-is = Ya tiene formato
console-fields = Qué se puede escribir aquí
console-field = Poner { $name } en el cuerpo
console-stream = Como flujo de eventos
console-stream-about = Sigue hasta que lo detenga
console-raw = En bruto
console-raw-about = Evita las reglas, el límite de peticiones y el registro de actividad
console-raw-warning = Se envía tal cual: no se comprueba nada y no se puede deshacer
console-send = Enviar
console-send-raw = Enviar en bruto
console-stop = Detener
console-left = Recuperar lo que se había escrito
console-as-code = Como código
console-as-code-not = La petición aún no está completa
console-examples = Ejemplos
console-example-read = Leer toda la casa
console-example-follow = Seguir cada cambio
console-example-set = Ajustar { $device } a { $value }
console-answer = Respuesta
console-answer-none = Aquí se muestra lo que responde el servicio
console-writing = Se envía según las reglas y el límite de peticiones…
console-asking = Petición en curso…
console-parts = Qué parte de la respuesta
console-body-part = Cuerpo
console-events = Eventos
console-headers = Cabeceras
console-reaction = Efecto
console-reaction-none = Nada ha cambiado en la casa desde entonces
console-more-changes = Y { $count } más
console-was-raw = Enviado en bruto
console-stopped = Detenido
console-cut = La respuesta se ha cortado a los { $megabytes } MB; el resto no se ha leído
console-timed-out = El servicio no ha respondido en { $seconds } s
console-done = Hecho y confirmado por el servicio
console-accepted = Aceptado; el servicio aún no lo ha confirmado
console-unconfirmed = Aceptado; el servicio aún no lo ha confirmado
console-expired = Caducó antes de enviarse
console-discarded = Retirado
console-superseded = { $what }: sustituido por un cambio más reciente
console-unchanged = { $what }: ya ajustado
console-waiting = { $what }: espera y se envía en cuanto se pueda
console-receiving = Recibiendo…
console-empty-body = Sin cuerpo
console-preparing = Haciéndolo legible…
console-search = Buscar en la respuesta
console-hit-before = Resultado anterior
console-hit-after = Resultado siguiente
console-fold = Plegar todo
console-unfold = Desplegar todo
console-copy-body = Copiar todo
console-copy-bytes = No es texto
console-bytes = { $count } bytes que no son texto; los primeros:
console-event-count = Eventos: { $count }, el último primero
console-events-dropped = anteriores, solo contados: { $count }
console-broken-json = Empieza como JSON, pero no lo es: { $why }
json-not-json = no es JSON desde la línea { $line }, columna { $column }
json-not-text = no es texto en UTF-8
json-too-deep = anidado a más de { $levels } niveles
json-too-large = demasiado grande para mostrarse
console-lists = Qué lista de peticiones
console-history = Historial
console-collections = Colecciones
console-history-search = Buscar peticiones
console-history-empty = Aún no se ha enviado nada
console-history-clear = Olvidar las de la lista
console-history-back = Recuperar { $count }
console-again = Escribir de nuevo: { $what }
console-collections-empty = Aún no se ha guardado nada
console-keep = Guardar
console-keep-replace = Reemplazar
console-keep-name = Nombre
console-keep-collection = Colección
console-keep-unnamed = Una petición se guarda con un nombre en una colección
console-put-back = Recuperar { $name }
console-remove = Quitar { $name }
console-copy-as-postman = Copiar para Postman
console-copy-postman = Copiar { $name } como colección de Postman
console-import = Importar una colección de Postman
console-import-text = Pegue aquí la colección o suelte su archivo en la ventana
console-import-take = Importar
console-import-empty = Aún no se ha pegado nada
requests-set-aside = No se han podido leer las peticiones enviadas y guardadas. El archivo se ha guardado como { $path } y se ha empezado uno nuevo
requests-stuck = No se han podido leer las peticiones enviadas y guardadas ni apartar el archivo ({ $why }): { $path }
requests-not-saved = No se ha podido guardar la lista de peticiones: { $why }
holds-degrees = { $low } a { $high }, en pasos de { $step }
holds-text = texto
holds-text-most = texto de { $most } caracteres como máximo
problem-leaves = { $path } no es una ruta bajo la dirección del servicio
problem-not-json = No es JSON: línea { $line }, columna { $column }: { $detail }
problem-body-too-much = { $method } no lleva cuerpo
problem-body-missing = { $method } necesita un cuerpo: qué escribir, en JSON
problem-method = Este servicio conoce { $has }, pero no { $method }
problem-stream = Un flujo de eventos se lee con GET
problem-path = No hay nada en { $path }
problem-path-near = No hay nada en { $path }, que se sepa; { $nearest } existe
problem-not-writable = { $path } no se escribe entero, sino un dispositivo, una casa o uno de sus valores
problem-read-only = No se puede escribir: { $fields }
problem-wrong-kind = Un valor es de otro tipo que su campo
problem-not-understood = Las reglas no pueden comprobar esta petición ni el registro de actividad anotarla; solo se puede enviar en bruto

postman-secret = no se ha importado un secreto { $where }
postman-in-sign-in = del inicio de sesión
postman-in-name = del nombre
postman-in-description = de la descripción
postman-in-address = de la dirección
postman-in-query = de los parámetros de la dirección
postman-in-body = del cuerpo
postman-in-header = de la cabecera { $name }
postman-in-variable = de la variable { $name }
postman-sign-in = no se ha importado el inicio de sesión con { $kind }; aquí lo hace la cuenta
postman-no-sign-in = no pide inicio de sesión; aquí lo hace la cuenta
postman-script = no se ha importado el script { $name }
postman-body = no se ha importado el cuerpo: es { $kind }
postman-form = un formulario
postman-file = un archivo
postman-graphql = una consulta de GraphQL
postman-body-too-much = no se ha importado el cuerpo, ya que { $method } no lleva ninguno
postman-body-off = no se ha importado el cuerpo, que estaba desactivado
postman-header = no se ha importado la cabecera { $name }
postman-elsewhere = iba a otra dirección; aquí va a la cuenta
postman-header-off = no se ha importado la cabecera { $name }, que estaba desactivada
postman-query-off = no se ha importado el parámetro { $name } de la dirección, que estaba desactivado
postman-description = no se ha importado la descripción
postman-examples = no se han importado los ejemplos de respuestas
postman-variable = la variable { $name } no tiene valor; queda como está
postman-method = no se ha importado la petición, ya que { $name } no es un método que se pueda enviar aquí
postman-no-address = no se ha importado la petición, ya que no tiene dirección
postman-more = hay más partes sin importar que no figuran aquí
postman-odd = no se ha importado una entrada que no es ni petición ni carpeta
postman-too-large = El archivo supera los 16 MB
postman-no-json = El archivo no es JSON ({ $why })
postman-old = Es una colección en el formato v1; Postman también la exporta como v2.1
postman-environment = Es un entorno de Postman, que no contiene peticiones
postman-no-collection = El archivo no es una colección de Postman: faltan «info» e «item»
