//! Every widget of the window in every state, theme and language.

use setpoint::ui::Gallery;

fn main() -> eframe::Result {
    let options = eframe::NativeOptions { renderer: eframe::Renderer::Glow, ..eframe::NativeOptions::default() };
    eframe::run_native("Setpoint gallery", options, Box::new(|cc| Ok(Box::new(Gallery::new(&cc.egui_ctx)))))
}
