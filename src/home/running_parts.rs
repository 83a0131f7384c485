//! The parts of the equipment that run, beyond heating and cooling.

/// The parts of the equipment that run now; `None` where the service does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunningParts {
    pub heat_stage2: Option<bool>,
    pub heat_stage3: Option<bool>,
    /// A second fuel beside a heat pump.
    pub alternate_heat: Option<bool>,
    /// Strips beside a heat pump.
    pub auxiliary_heat: Option<bool>,
    pub emergency_heat: Option<bool>,
    pub cool_stage2: Option<bool>,
    pub cool_stage3: Option<bool>,
    /// The fan, whether a timer or the equipment runs it.
    pub fan: Option<bool>,
    pub humidifier: Option<bool>,
}
