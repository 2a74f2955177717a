//! Fields that this version does not know: kept with their place, so that a round trip changes nothing.

/// An unknown field of a JSON object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// Its place among all fields of the object.
    pub place: usize,
    /// Its name.
    pub name: String,
    /// Its value as JSON text.
    pub json: String,
}

/// The unknown fields of one object, by place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras(pub Vec<Extra>);

impl Extras {
    /// Whether every field was known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
