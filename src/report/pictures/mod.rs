//! The pictures of one scenario: which outcomes stand in which chart, and in what words.

mod networks;
mod over_time;

pub use networks::{Traced, forum_map, networks};
pub use over_time::{cost, over_time, overview};

/// What all pictures of a scenario say of it.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// Title of the scenario.
    pub title: &'a str,
    /// Roster from source, statutory form or stylised.
    pub status: &'a str,
}

impl About<'_> {
    /// The caption that every picture starts with.
    fn caption(&self) -> String {
        let status = if self.status.is_empty() {
            String::new()
        } else {
            format!(" ({})", self.status)
        };
        format!("{}{status}. Not a forecast of a named system.", self.title)
    }
}
