//! A minimal window with one slider: the baseline for start-up time and memory.

use std::io::Write as _;

struct Hello {
    degrees: f64,
    painted: bool,
}

impl eframe::App for Hello {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        ui.add(egui::Slider::new(&mut self.degrees, 9.0..=32.0)).accessible_name("Degrees");
        if !self.painted {
            self.painted = true;
            // The benchmark waits for this line.
            writeln!(std::io::stderr(), "first frame").ok();
        }
    }
}

fn main() -> eframe::Result {
    let options = eframe::NativeOptions { renderer: eframe::Renderer::Glow, ..eframe::NativeOptions::default() };
    eframe::run_native("Hello", options, Box::new(|_| Ok(Box::new(Hello { degrees: 21.0, painted: false }))))
}
