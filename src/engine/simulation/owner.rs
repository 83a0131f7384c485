//! The owner of the account (program, bridge or command), and the requests of the others to it.

use super::world::{Event, World};
use crate::engine::{Debounce, Origin, Request};
use crate::home::Write;

/// The maximum wait for pending writes when the user quits, in milliseconds.
const QUIT_WITHIN: u64 = 5000;
/// The maximum wait of a bridge that hands over, and of a command that ends, in milliseconds.
const LAST_WRITES: u64 = 2000;
/// The time after which a command or client stops waiting for an answer, in milliseconds.
const PATIENCE: u64 = 20_000;

/// The process that runs the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Program,
    Bridge,
    /// The program may wait for its end.
    Command {
        is_awaited: bool,
    },
}

impl World {
    fn owner(&self) -> Option<Owner> {
        self.run.as_ref().map(|run| run.owner)
    }

    /// Starts the program: it waits for a command, and a bridge hands over.
    pub(super) fn start(&mut self) {
        match self.owner() {
            None => self.begin(Owner::Program),
            Some(Owner::Command { .. }) => self.set_owner(Owner::Command { is_awaited: true }),
            Some(Owner::Bridge) => {
                self.finish(LAST_WRITES);
                self.end(usize::MAX, false);
                self.begin(Owner::Program);
            }
            Some(Owner::Program) => {}
        }
    }

    /// Starts the bridge, which owns the account if nothing else does.
    pub(super) fn serve(&mut self) {
        if self.is_serving && self.run.is_none() {
            self.begin(Owner::Bridge);
        }
    }

    fn set_owner(&mut self, owner: Owner) {
        if let Some(run) = &mut self.run {
            run.owner = owner;
        }
    }

    /// Another process requests a name.
    pub(super) fn other(&mut self, write: Write, is_client: bool) {
        let origin = if is_client { Origin::Bridge } else { Origin::Cli };
        if self.run.is_some() {
            let takes = self.chance((self.millis, "socket")).u64(1..30);
            self.later(takes, Event::Asked { run: self.runs, write, origin });
        } else if !is_client {
            self.begin(Owner::Command { is_awaited: false });
            self.asked(write, origin);
            // Includes the time in which withdrawn writes come to their end.
            self.later(PATIENCE + LAST_WRITES, Event::Leave { run: self.runs });
        }
    }

    /// Passes a request to the owner. A client withdraws it after a while, and so does a command that is the
    /// owner; a command that uses another process leaves it there.
    pub(super) fn asked(&mut self, write: Write, origin: Origin) {
        let request = self.request(Request::Set { write, debounce: Debounce::Now, origin, seen: None });
        let is_taken_back = origin == Origin::Bridge || matches!(self.owner(), Some(Owner::Command { .. }));
        if let (Some(request), true) = (request, is_taken_back) {
            self.later(PATIENCE, Event::Withdraw { run: self.runs, request });
        }
    }

    /// Ends a command that is the owner.
    pub(super) fn leave(&mut self) {
        let is_awaited = self.owner() == Some(Owner::Command { is_awaited: true });
        self.end(usize::MAX, false);
        self.next_owner(is_awaited);
    }

    /// Kills the owner.
    pub(super) fn stop(&mut self, steps: usize, is_torn: bool, away: u64) {
        let Some(owner) = self.owner() else { return };
        self.end(steps, is_torn);
        match owner {
            Owner::Program => self.later(away, Event::Start),
            Owner::Bridge => self.is_serving = false,
            Owner::Command { .. } => {}
        }
        self.next_owner(owner == Owner::Command { is_awaited: true });
    }

    /// Quits the program, if that is the owner.
    pub(super) fn quit(&mut self, away: u64) {
        if self.owner() == Some(Owner::Program) {
            self.finish(QUIT_WITHIN);
            self.stop(usize::MAX, false, away);
        }
    }

    /// Gives the account to the process that waits for it.
    fn next_owner(&mut self, is_awaited: bool) {
        if is_awaited {
            self.begin(Owner::Program);
        } else if self.is_serving {
            let looks = self.chance((self.millis, "bridge")).u64(500..6000);
            self.later(looks, Event::Serve);
        }
    }

    /// Sends pending writes for at most `within`.
    fn finish(&mut self, within: u64) {
        self.ask(Request::Hurry);
        let (until, run) = (self.millis + within, self.runs);
        while self.millis < until
            && run == self.runs
            && self.run.as_ref().is_some_and(|run| !run.core.has_nothing_to_send())
        {
            self.pass(50);
        }
    }
}
