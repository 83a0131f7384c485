#!/usr/bin/env bash
# The curl lines of the guide "API Write Examples", as they stand there, against a server.
# Usage: SETPOINT_TOKEN=... guide_curl.sh URL
# The server has to be a fresh `setpoint simulate` with its default home. Each write is read back
# without curl.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

url=${1:?Usage: SETPOINT_TOKEN=... guide_curl.sh URL}
token=${SETPOINT_TOKEN:?the token goes into SETPOINT_TOKEN}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
answer=$folder/answer
# Besides what the guide writes: no progress, the status on its own, and an end in any case.
watch=(--silent --show-error --max-time 10 --noproxy '*' --output "$answer" --write-out '%{http_code}')
passed=0
failed=0

# server WHAT...: asks the service without curl, see server.py.
server() { SETPOINT_TOKEN=$token python3 "$here/server.py" "$url" "$@"; }

result() { # NAME PROBLEM: counts one check; no problem is a pass
    if [[ -z $2 ]]; then
        passed=$((passed + 1))
        printf 'ok    curl: %s\n' "$1"
    else
        failed=$((failed + 1))
        printf 'FAIL  curl: %s: %s\n' "$1" "$2"
    fi
}

# expect_write NAME STATUS ECHO PATH VALUE: the answer to a write, then the value on the server.
expect_write() {
    local name=$1 status=$2 echo=$3 path=$4 value=$5 problem=''
    if [[ $status != 200 ]]; then
        problem="status $status: $(head -c 300 "$answer")"
    elif problem=$(server same "$echo" "$(<"$answer")" 2>&1); then
        problem=$(server wait "$path" "$value" 2>&1) || problem=${problem:-not read back}
    fi
    result "$name" "$problem"
}

# The five of the guide, word for word but for the address, the id and the token

guide_away() {
    server put "$structure" '{"away": "away"}'
    local status
    status=$(curl "${watch[@]}" --location-trusted -X PUT \
        -H "Content-Type: application/json" \
        -H "Authorization: Bearer $token" \
        -d '{"away": "home"}' \
        "$url/$structure")
    expect_write "guide: away" "$status" '{"away": "home"}' "$structure/away" '"home"'
}

guide_scale() {
    local status
    status=$(curl "${watch[@]}" --location-trusted -X PUT \
        -H "Content-Type: application/json" \
        -H "Authorization: Bearer $token" \
        -d '{"temperature_scale": "F"}' \
        "$url/$thermostat")
    expect_write "guide: temperature scale" "$status" '{"temperature_scale": "F"}' \
        "$thermostat/temperature_scale" '"F"'
}

guide_target() {
    server put "$thermostat" '{"target_temperature_f": 66}'
    local status
    status=$(curl "${watch[@]}" --location-trusted -X PUT \
        -H "Content-Type: application/json" \
        -H "Authorization: Bearer $token" \
        -d '{"target_temperature_f": 70}' \
        "$url/$thermostat")
    expect_write "guide: target temperature" "$status" '{"target_temperature_f": 70}' \
        "$thermostat/target_temperature_f" 70
}

guide_label() {
    local status
    status=$(curl "${watch[@]}" --location-trusted -X PUT \
        -H "Content-Type: application/json" \
        -H "Authorization: Bearer $token" \
        -d '{"label": "Kate\u0027s Room"}' \
        "$url/$thermostat")
    expect_write "guide: label" "$status" '{"label": "Kate\u0027s Room"}' \
        "$thermostat/label" "\"Kate's Room\""
}

guide_streaming() {
    server put "$camera" '{"is_streaming": false}'
    local status
    status=$(curl "${watch[@]}" --location-trusted -X PUT \
        -H "Content-Type: application/json" \
        -H "Authorization: Bearer $token" \
        -d '{"is_streaming": true}' \
        "$url/$camera")
    expect_write "guide: camera streaming" "$status" '{"is_streaming": true}' \
        "$camera/is_streaming" true
}

# What clients of the service did besides

# write NAME BODY ECHO PATH VALUE ADDRESS OPTION...: one write with any options.
write() {
    local name=$1 body=$2 echo=$3 path=$4 value=$5 address=$6 status
    shift 6
    status=$(curl "${watch[@]}" --location-trusted -d "$body" "$@" "$address") || status="none"
    expect_write "$name" "$status" "$echo" "$path" "$value"
}

other_writes() {
    local json=(-H "Content-Type: application/json") bearer=(-H "Authorization: Bearer $token")
    local field="$thermostat/target_temperature_f"
    write "PATCH" '{"target_temperature_f": 67}' '{"target_temperature_f": 67}' "$field" 67 \
        "$url/$thermostat" -X PATCH "${json[@]}" "${bearer[@]}"
    write ".json after the path" '{"target_temperature_f": 68}' '{"target_temperature_f": 68}' \
        "$field" 68 "$url/$thermostat.json" -X PUT "${json[@]}" "${bearer[@]}"
    write "the token as ?auth=" '{"target_temperature_f": 69}' '{"target_temperature_f": 69}' \
        "$field" 69 "$url/$thermostat?auth=$token" -X PUT "${json[@]}"
    write ".json and ?auth= together" '{"target_temperature_f": 70}' \
        '{"target_temperature_f": 70}' "$field" 70 "$url/$thermostat.json?auth=$token" -X PUT
    write "a bare value at its own path" 71 71 "$field" 71 \
        "$url/$field" -X PUT "${json[@]}" "${bearer[@]}"
    write "a bare string at its own path" '"C"' '"C"' "$thermostat/temperature_scale" '"C"' \
        "$url/$thermostat/temperature_scale" -X PUT "${json[@]}" "${bearer[@]}"
    write "no content type" '{"target_temperature_f": 72}' '{"target_temperature_f": 72}' \
        "$field" 72 "$url/$thermostat" -X PUT -H "Content-Type:" "${bearer[@]}"
    write "the content type of a form" '{"target_temperature_f": 73}' \
        '{"target_temperature_f": 73}' "$field" 73 "$url/$thermostat" -X PUT "${bearer[@]}"
    write "a range, both ends in one body" \
        '{"target_temperature_low_c": 18.5, "target_temperature_high_c": 24.0}' \
        '{"target_temperature_low_c": 18.5, "target_temperature_high_c": 24.0}' \
        "$range/target_temperature_low_c" 18.5 "$url/$range" -X PUT "${json[@]}" "${bearer[@]}"
}

# Reading

reads() {
    local suffix status problem
    for suffix in "" ".json"; do
        status=$(curl "${watch[@]}" --location-trusted "$url/$structure/name$suffix" \
            -H "Authorization: Bearer $token")
        problem=''
        [[ $status == 200 && $(<"$answer") == '"Maple Street"' ]] ||
            problem="status $status: $(head -c 300 "$answer")"
        result "a bare value is read${suffix:+ with $suffix}" "$problem"
    done
    status=$(curl "${watch[@]}" --location-trusted "$url/$structure/no_such_field" \
        -H "Authorization: Bearer $token")
    problem=''
    [[ $status == 404 ]] || problem="status $status: $(head -c 300 "$answer")"
    result "a field that is not there is 404" "$problem"
}

# The front answers with a redirect and nothing else; without --location curl shows it.
redirect() {
    local problem='' location
    location=$(curl --silent --show-error --max-time 10 --noproxy '*' --output "$answer" \
        --write-out '%{http_code} %{redirect_url}' -X PUT -H "Authorization: Bearer $token" \
        -d '{"target_temperature_f": 50}' "$url/$thermostat")
    [[ $location == "307 http://127.0.0.1:"*"/$thermostat" && $location != "307 $url/"* ]] ||
        problem="answered $location"
    [[ -n $problem ]] || problem=$(server wait "$thermostat/target_temperature_f" 73 2>&1) ||
        problem=${problem:-the redirected write was carried out}
    result "a write is redirected, and not carried out by the front" "$problem"
}

bad_token() {
    local method problem status
    for method in GET PUT; do
        local body=()
        [[ $method == GET ]] || body=(-d '{"target_temperature_f": 55}')
        status=$(curl "${watch[@]}" --location-trusted -X "$method" "${body[@]}" \
            -H "Authorization: Bearer c.wrong" "$url/$thermostat")
        problem=''
        [[ $status == 401 ]] || problem="status $status"
        [[ -n $problem ]] || problem=$(server error unauthorized auth-error "$(<"$answer")" 2>&1) ||
            problem=${problem:-not the error it should be}
        result "$method with a bad token is 401" "$problem"
    done
}

refusal() {
    local status problem=''
    status=$(curl "${watch[@]}" --location-trusted -X PUT -H "Content-Type: application/json" \
        -H "Authorization: Bearer $token" -d '{"target_temperature_f": 100}' "$url/$thermostat")
    [[ $status == 400 ]] || problem="status $status"
    [[ -n $problem ]] || problem=$(server error "Temperature F value is too high: 100.0" \
        high-f-value "$(<"$answer")" 2>&1) || problem=${problem:-not the error it should be}
    result "a value out of range is refused" "$problem"
}

# The stream: the whole home first, then again after a change. curl is ended by its time limit,
# which it reports with 28.
stream() {
    local lines=$folder/stream code=0 reader problem=''
    curl -N --silent --max-time 6 --noproxy '*' -H 'Accept: text/event-stream' \
        -H "Authorization: Bearer $token" --location-trusted "$url/" >"$lines" &
    reader=$!
    server lines "$lines" 2 || problem="nothing came"
    server put "$structure" '{"name": "Birch Street"}'
    wait "$reader" || code=$?
    [[ $code == 28 ]] || problem=${problem:-"curl ended with $code: the stream did not stay open"}
    [[ -n $problem ]] || problem=$(server stream "$lines" "Birch Street" 2>&1) ||
        problem=${problem:-not such a stream}
    result "the event stream begins with a put, and follows a change" "$problem"
    server put "$structure" '{"name": "Maple Street"}'
}

main() {
    structure=$(server find structures "Maple Street")
    thermostat=$(server find devices/thermostats Hallway)
    range=$(server find devices/thermostats Bedroom)
    camera=$(server find devices/cameras Garden)

    guide_away
    guide_scale
    guide_target
    guide_label
    guide_streaming
    other_writes
    reads
    redirect
    refusal
    bad_token
    stream
    printf '%d passed, %d failed\n' "$passed" "$failed"
    ((failed == 0))
}

main
