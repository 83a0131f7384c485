//! The dialogs over the page. The last one opened is on top; the others wait below it, so that nothing typed or
//! asked is lost.

use std::mem::discriminant;

use egui::Ui;

use super::as_code::{AsCode, DialogAction};
use super::consent::Consent;
use super::dialogs::{ConsentAnswer, closing_ui, consent_ui, link_ui};
use super::help::help_ui;
use super::intent::{AppIntent, CameraPicture};
use super::pages::enlarged_ui;
use super::palette::Palette;
use super::toast::Toasts;
use super::view::ViewContext;
use super::window::{ClosingQuestion, Scene};
use crate::command::link::Link;
use crate::home::{DeviceId, DeviceTree};

/// A dialog over the page.
pub enum Modal {
    /// The command palette.
    Palette(Palette),
    /// The help sheet.
    Help,
    /// The question to a user who closes the window.
    Closing(ClosingQuestion),
    /// A link whose writes wait for an answer.
    Link(Link),
    /// A request as code.
    AsCode(Box<AsCode>),
    /// A request that waits for consent to switch cameras on.
    Consent(Consent),
    /// A picture of a camera in the whole window.
    Picture { camera: DeviceId, picture: CameraPicture },
}

/// The end of a frame of a dialog.
pub(super) enum ModalEnd {
    /// The dialog stays open.
    Stays,
    /// The dialog closes.
    Closes,
    /// The user answered the question about cameras.
    Answered(ConsentAnswer),
}

impl Modal {
    /// True if the keys of the page still work.
    fn leaves_keys(&self) -> bool {
        matches!(self, Self::Palette(_) | Self::Help)
    }

    /// False for a link whose home is not known yet: it is not drawn and waits.
    fn is_ready(&self, home: &DeviceTree) -> bool {
        !matches!(self, Self::Link(_)) || !home.structures.is_empty() || home.device_count() > 0
    }

    /// Draws the dialog.
    pub(super) fn ui(
        &mut self,
        ui: &Ui,
        view: &mut ViewContext<'_>,
        scene: Scene<'_>,
        toasts: &mut Toasts,
    ) -> ModalEnd {
        let closes = match self {
            Self::Palette(palette) => palette.ui(ui, view, scene.presets),
            Self::Help => help_ui(ui, view),
            Self::Closing(question) => {
                if let Some(answer) = closing_ui(ui, view, *question) {
                    view.send(AppIntent::Closing(answer));
                }
                // The program closes the question with the answer.
                false
            }
            Self::Link(link) => link_ui(ui, view, link),
            Self::AsCode(dialog) => match dialog.ui(ui, view, scene.has_terminal) {
                DialogAction::Nothing => false,
                DialogAction::Close => true,
                DialogAction::Tell(words) => {
                    toasts.info(words, scene.now);
                    false
                }
            },
            Self::Picture { camera, picture } => enlarged_ui(ui, view, camera, *picture),
            Self::Consent(consent) => {
                return consent_ui(ui, view, &consent.cameras).map_or(ModalEnd::Stays, ModalEnd::Answered);
            }
        };
        if closes { ModalEnd::Closes } else { ModalEnd::Stays }
    }
}

/// The open dialogs.
#[derive(Default)]
pub struct Modals(Vec<Modal>);

impl Modals {
    /// Opens a dialog on top. It replaces one of the same kind.
    pub fn open(&mut self, modal: Modal) {
        self.0.retain(|other| discriminant(other) != discriminant(&modal));
        self.0.push(modal);
    }

    /// True while a dialog is open.
    pub fn is_open(&self) -> bool {
        !self.0.is_empty()
    }

    /// True while a dialog is drawn that leaves no keys to the page.
    pub(super) fn takes_keys(&self, home: &DeviceTree) -> bool {
        self.0.iter().any(|modal| modal.is_ready(home) && !modal.leaves_keys())
    }

    /// True while a dialog is drawn over the page.
    pub(super) fn takes_page(&self, home: &DeviceTree) -> bool {
        self.0.iter().any(|modal| modal.is_ready(home))
    }

    /// The palette, if it is open.
    pub fn palette(&self) -> Option<&Palette> {
        self.0.iter().find_map(|modal| if let Modal::Palette(palette) = modal { Some(palette) } else { None })
    }

    /// True while the help sheet is open.
    pub fn is_help_open(&self) -> bool {
        self.0.iter().any(|modal| matches!(modal, Modal::Help))
    }

    /// The link that waits for an answer.
    pub fn link(&self) -> Option<&Link> {
        self.0.iter().find_map(|modal| if let Modal::Link(link) = modal { Some(link) } else { None })
    }

    /// True while a request is shown as code.
    pub fn has_code(&self) -> bool {
        self.0.iter().any(|modal| matches!(modal, Modal::AsCode(_)))
    }

    /// The request that waits for consent.
    pub fn consent(&self) -> Option<&Consent> {
        self.0.iter().find_map(|modal| if let Modal::Consent(consent) = modal { Some(consent) } else { None })
    }

    /// Closes the question about cameras and returns its request.
    pub(super) fn take_consent(&mut self) -> Option<Consent> {
        let at = self.0.iter().position(|modal| matches!(modal, Modal::Consent(_)))?;
        if let Modal::Consent(consent) = self.0.remove(at) { Some(consent) } else { None }
    }

    /// Closes the question about the window and returns it.
    pub fn take_closing(&mut self) -> Option<ClosingQuestion> {
        let at = self.0.iter().position(|modal| matches!(modal, Modal::Closing(_)))?;
        if let Modal::Closing(question) = self.0.remove(at) { Some(question) } else { None }
    }

    /// The dialog on top of those that are ready, with its place.
    pub(super) fn top(&mut self, home: &DeviceTree) -> Option<(usize, &mut Modal)> {
        self.0.iter_mut().enumerate().rev().find(|(_, modal)| modal.is_ready(home))
    }

    /// Closes the dialog at a place.
    pub(super) fn close(&mut self, place: usize) {
        self.0.remove(place);
    }

    /// Closes palette and help, before an action.
    pub(super) fn close_help(&mut self) {
        self.0.retain(|modal| !modal.leaves_keys());
    }

    /// Closes the dialogs that belong to a window that was closed.
    pub(super) fn leave_window(&mut self) {
        self.0.retain(|modal| !matches!(modal, Modal::Palette(_) | Modal::Closing(_)));
    }

    /// Closes the dialogs that belong to an account that is no longer shown.
    pub(super) fn leave_account(&mut self) {
        self.0.retain(|modal| !matches!(modal, Modal::Consent(_) | Modal::AsCode(_) | Modal::Picture { .. }));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_dialog_waits_below_another_and_returns() {
        let mut home = DeviceTree::default();
        let mut modals = Modals::default();
        modals.open(Modal::Palette(Palette::typed("hallway")));
        modals.open(Modal::Link(Link::default()));
        // A link is not drawn before its home is known, and hides nothing.
        assert!(!modals.takes_keys(&home) && matches!(modals.top(&home), Some((0, Modal::Palette(_)))));
        home.structures.insert("s".into(), Arc::default());
        assert!(modals.takes_keys(&home) && matches!(modals.top(&home), Some((1, Modal::Link(_)))));
        modals.close(1);
        assert!(!modals.takes_keys(&home) && modals.palette().is_some());
        modals.open(Modal::Help);
        modals.open(Modal::Palette(Palette::typed("all eco")));
        assert!(matches!(modals.top(&home), Some((1, Modal::Palette(_)))));
        modals.close_help();
        assert!(!modals.is_open());
    }
}
