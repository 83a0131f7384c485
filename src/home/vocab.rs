//! The closed vocabularies of the API. An unknown word is kept verbatim and is never an error.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
            /// A word that this program does not know, in the service's spelling.
            Other(Box<str>),
        }

        impl $name {
            /// The known words, in the order of the vendor's documents.
            pub const KNOWN: &'static [Self] = &[$(Self::$word),+];

            /// The word in the service's spelling.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$word => $text,)+
                    Self::Other(word) => word,
                }
            }

            /// Parses a word; never fails.
            pub fn from_word(word: &str) -> Self {
                match word {
                    $($text => Self::$word,)+
                    other => Self::Other(other.into()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                Ok(Self::from_word(&word))
            }
        }
    };
}

words! {
    /// The mode of a thermostat.
    HvacMode {
        /// Keep the room at least as warm as the target.
        Heat = "heat",
        /// Keep the room at most as warm as the target.
        Cool = "cool",
        /// Keep the room between two setpoints.
        HeatCool = "heat-cool",
        /// Keep the room within the wide eco limits.
        Eco = "eco",
        /// Do nothing.
        Off = "off",
    }
}

words! {
    /// The present activity of the equipment.
    HvacState {
        /// The heating runs.
        Heating = "heating",
        /// The cooling runs.
        Cooling = "cooling",
        /// Neither runs.
        Off = "off",
    }
}

words! {
    /// The occupancy of a structure.
    Away {
        Home = "home",
        /// Away, set by somebody.
        Away = "away",
        /// Away, guessed by the service; dropped by the vendor in October 2016.
        AutoAway = "auto-away",
        /// Unknown, as for a structure without devices.
        Unknown = "unknown",
    }
}

words! {
    /// The state of a smoke or carbon monoxide alarm.
    AlarmState {
        /// Nothing detected.
        Ok = "ok",
        /// Some smoke or gas, below the alarm level.
        Warning = "warning",
        /// The alarm sounds.
        Emergency = "emergency",
    }
}

words! {
    /// The state of a Protect's battery.
    BatteryHealth {
        /// Good.
        Ok = "ok",
        /// Low.
        Replace = "replace",
    }
}

words! {
    /// The colour of a Protect's ring, which combines battery, smoke and gas.
    RingColor {
        /// Offline or unknown.
        Gray = "gray",
        /// All clear.
        Green = "green",
        /// A warning.
        Yellow = "yellow",
        /// Emergency.
        Red = "red",
    }
}

words! {
    /// The state of a thermostat's estimates of times.
    Training {
        /// Still learning.
        Training = "training",
        /// The time to target can be trusted.
        Ready = "ready",
    }
}

words! {
    /// The detection of persons while a structure is away.
    SecurityState {
        /// Nobody was seen.
        Ok = "ok",
        /// A camera saw a person while the structure was away.
        Deter = "deter",
    }
}

impl HvacMode {
    /// The word for display.
    pub fn title(&self) -> &str {
        match self {
            Self::Heat => "Heat",
            Self::Cool => "Cool",
            Self::HeatCool => "Heat · Cool",
            Self::Eco => "Eco",
            Self::Off => "Off",
            Self::Other(word) => word,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_word_is_read_back_as_itself() {
        for mode in HvacMode::KNOWN {
            assert_eq!(&HvacMode::from_word(mode.as_str()), mode);
        }
        for state in RingColor::KNOWN {
            assert_eq!(&RingColor::from_word(state.as_str()), state);
        }
    }

    #[test]
    fn an_unknown_word_is_kept_verbatim() {
        assert_eq!(HvacMode::from_word("emergency").as_str(), "emergency");
        assert_eq!(HvacMode::from_word("HEAT"), HvacMode::Other("HEAT".into()));
    }
}
