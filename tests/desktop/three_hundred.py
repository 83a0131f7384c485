#!/usr/bin/env python3
"""Three hundred changes before a flaky server, with the program killed ten times.

A hundred each through the window, the command line and the bridge, at the same time. In the end each
record, and each answer that was given, is compared with the server's own list.
"""

import collections
import glob
import http.client
import json
import os
import random
import subprocess
import threading
import time

from flaky import NAMES, Flaky
from sitting import VITAL, Sitting, expect, run, wait_until
import accessibility

EACH, KILLS, SEED = 100, 10, 20261129
# Whoever answers later than this hangs.
LONGEST = 60


class ThreeHundred(Sitting):
    """What was asked for, what was answered, what the server did, and what the records say."""

    def start(self):
        self.random = random.Random(SEED)
        self.server = Flaky(SEED)
        self.token = "c.of-the-three-hundred"
        # label -> (channel, done | replaced | no | open | none, words), and of which thermostat.
        self.told, self.of = {}, {}
        self.starting = threading.Lock()
        added = self.setpoint("auth", "login", "--name", "Mill", "--url", self.server.url, "--token-stdin",
                              given=self.token)
        expect(added.returncode == 0, added.stderr)
        self.server.is_calm = True
        self.open_window()
        self.show_hallway()
        self.start_bridge()
        self.server.is_calm = False

    def setpoint(self, *arguments, given=None):
        return subprocess.run([self.binary, *arguments], timeout=LONGEST, input=given, capture_output=True,
                              text=True, check=False)

    def start_bridge(self):
        self.bridge, ready = self.processes.start_server("serve", [
            self.binary, "serve", "--account", "Mill", "--token-file", self.path("clients")], LONGEST)
        with open(self.path("clients"), encoding="utf-8") as clients:
            words = [line.split()[0] for line in clients if line.strip() and not line.startswith("#")]
        self.bridge_at, self.bridge_token = ready["api"].split("//")[1].rstrip("/"), words[0]

    def show_hallway(self):
        def card():
            found = self.seen.control("Hallway, thermostat")
            return found if found and accessibility.can_be_pressed(found) else None
        accessibility.press(wait_until("the hallway", card, LONGEST))
        wait_until("its page", lambda: self.seen.control("Label"), LONGEST)

    def asked(self, label, name):
        self.of[label] = (name, time.monotonic())

    def is_replaced(self, label):
        """A later change of the same thermostat may take the place of one that was not sent yet."""
        name, at = self.of[label]
        return any(other == name and 0 < later - at < 30 for other, later in self.of.values())

    # The three ways

    def by_window(self):
        for number in range(EACH):
            label = f"window {number}"
            self.asked(label, "Hallway")
            for _again in range(20):
                try:
                    with self.starting:
                        accessibility.set_text(self.seen.control("Label"), label)
                        time.sleep(0.15)
                        accessibility.press(self.seen.control("Save Label"))
                    break
                except Exception:
                    # The program was killed, and comes again.
                    time.sleep(0.5)
            self.told[label] = ("window", "none", "")
            self.done["window"] += 1
            time.sleep(self.random.uniform(0.5, 3))

    def by_command(self):
        for number in range(EACH):
            label = f"command {number}"
            name = self.random.choice(list(NAMES.values()))
            self.asked(label, name)
            try:
                came = self.setpoint("set", name, "label", label)
                words = (came.stdout + came.stderr).strip()
                is_open = "may have arrived" in words or "at the latest" in words or "accepted" in words
                told = "open" if is_open else {0: "done", 3: "no"}.get(came.returncode, "open")
                if "a newer change took its place" in words:
                    told = "replaced"
            except subprocess.TimeoutExpired:
                told, words = "open", "it hung"
            self.told[label] = ("command", told, words)
            self.done["command"] += 1
            time.sleep(self.random.uniform(0, 1))

    def by_bridge(self):
        for number in range(EACH):
            label = f"bridge {number}"
            try:
                connection = http.client.HTTPConnection(self.bridge_at, timeout=LONGEST)
                key = self.random.choice(list(NAMES))
                self.asked(label, NAMES[key])
                connection.request("PUT", f"/devices/thermostats/{key}", json.dumps({"label": label}), {
                    "Authorization": f"Bearer {self.bridge_token}", "Content-Type": "application/json"})
                response = connection.getresponse()
                words = response.read().decode()
                told = {200: "done", 504: "open"}.get(response.status, "no")
                self.told[label] = ("bridge", told, f"{response.status} {words}")
            except OSError as err:
                self.told[label] = ("bridge", "open", repr(err))
                time.sleep(0.5)
            self.done["bridge"] += 1
            time.sleep(self.random.uniform(0, 1))

    # Killing

    def kill(self):
        """Now the program, now the bridge, spread over the changes."""
        for number in range(KILLS):
            due = (number + 1) * 3 * EACH // (KILLS + 1)
            while sum(self.done.values()) < due:
                time.sleep(0.05)
            time.sleep(self.random.uniform(0, 0.5))
            if number % 3 == 2:
                self.bridge.kill()
                self.bridge.wait()
                time.sleep(self.random.uniform(0.1, 2))
                self.start_bridge()
            else:
                self.process.kill()
                self.process.wait()
                time.sleep(self.random.uniform(0.1, 4))
                with self.starting:
                    self.open_window()
                    self.show_hallway()
            self.killed += 1

    def changes(self):
        self.done, self.killed = collections.Counter(), 0
        others = [threading.Thread(target=work) for work in (self.by_command, self.by_bridge, self.by_window)]
        for other in others:
            other.start()
        # The accessibility bus has one thread at a time.
        self.kill()
        for other in others:
            other.join()
        expect(self.killed == KILLS and sum(self.done.values()) == 3 * EACH, f"{self.done}, {self.killed} kills")

    def rest(self):
        """The server is well, and everything that waits comes to its end."""
        self.server.is_calm = True
        self.server.show()
        wait_until("an empty queue", lambda: not self.queue(), 180)
        time.sleep(20)
        expect(not self.queue(), f"what waits again: {self.queue()}")

    def queue(self):
        wishes = []
        for path in glob.glob(os.path.join(self.folder(), "queue.json")):
            with open(path, encoding="utf-8") as file:
                wishes += [wish for wish in json.load(file)["wishes"]
                           if not isinstance(wish.get("progress"), dict)]
        return wishes

    def folder(self):
        (folder,) = glob.glob(os.path.join(os.environ["HOME"], ".local/share/setpoint/accounts/*/"))
        return folder

    # The truth

    def truth(self):
        outcomes = self.records()
        applied = collections.Counter(self.server.applied)
        wrong, table = [], collections.Counter()
        for label, (channel, told, words) in self.told.items():
            said, times = outcomes.get(label, []), applied[label]
            table[channel, told, "+".join(said) or "no record", min(times, 3)] += 1
            if any(word in ("done",) for word in said) and times == 0:
                wrong.append(f"{label}: done, and never applied")
            if said and all(word in ("refused", "expired", "discarded") for word in said) and times:
                wrong.append(f"{label}: {said}, and applied {times} times")
            # To an old client, as to the vendor's, the last of several quick changes counts.
            is_like_done = not said and not times and channel == "bridge" and self.is_replaced(label)
            if told == "done" and (times == 0 or not said) and not is_like_done:
                wrong.append(f"{label}: told that it is done ({words}); {said}, applied {times} times")
            if told == "no" and times and not any("may_have" in word or word == "unconfirmed" for word in said):
                wrong.append(f"{label}: told no ({words}); {said}, applied {times} times")
            if times and not said:
                wrong.append(f"{label}: applied {times} times, and there is no record")
            if times > 2:
                wrong.append(f"{label}: applied {times} times")
        with open(self.path("truth.txt"), "w", encoding="utf-8") as file:
            for (channel, told, said, times), count in sorted(table.items()):
                line = f"{channel:8} told {told:5} record {said:30} applied {times}: {count}"
                file.write(line + "\n")
                print("      " + line, flush=True)
            for label, (channel, told, words) in self.told.items():
                file.write(f"{label}\t{told}\t{outcomes.get(label)}\t{applied[label]}\t{words!r}\n")
        print(f"      {len(self.server.came)} writes came, {len(self.server.applied)} were applied", flush=True)
        unknown = [label for label in applied if label not in self.told]
        expect(not wrong and not unknown, "\n".join(wrong + [f"nobody asked for {unknown}"] * bool(unknown)))

    def records(self):
        """The outcomes of each label by its records; a later line with an id replaces an earlier one."""
        lines = {}
        with open(os.path.join(self.folder(), "journal.jsonl"), encoding="utf-8") as file:
            for line in file:
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                lines[record["id"]] = record
        outcomes = collections.defaultdict(list)
        for record in lines.values():
            label = next(iter((record.get("wish") or {}).values()), [None, None])[1]
            outcome = record["outcome"]
            outcomes[label].append(outcome if isinstance(outcome, str) else next(iter(outcome)))
        return outcomes

    def steps(self):
        return [("an account, a window and a bridge", self.start, VITAL),
                ("three hundred changes, ten kills", self.changes, VITAL),
                ("everything comes to its end", self.rest, VITAL),
                ("the records say the truth", self.truth)]


if __name__ == "__main__":
    run(ThreeHundred)
