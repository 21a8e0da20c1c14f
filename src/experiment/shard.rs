//! A part of an experiment, for one of several processes.

use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// The part `index` of `count`: every `count`th chunk, so that an early stop of all parts leaves a
/// balanced sample too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    count: u64,
}

/// A part that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "a part of the whole is written i/n, with i from 1 to n and n up to 1,000,000, such as 2/8"
)]
pub struct ShardError;

/// The largest number of parts.
const MOST: u64 = 1_000_000;

impl Shard {
    /// Everything.
    pub const WHOLE: Self = Self { index: 1, count: 1 };

    /// The part `index` of `count`, counted from 1.
    ///
    /// # Errors
    /// [`ShardError`] if there is no such part.
    pub fn new(index: u64, count: u64) -> Result<Self, ShardError> {
        let sound = (1..=count).contains(&index) && count <= MOST;
        sound.then_some(Self { index, count }).ok_or(ShardError)
    }

    /// Whether this is everything.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.count == 1
    }

    /// Whether a chunk is in this part, by its position among all of them.
    #[must_use]
    pub fn has(self, at: u64) -> bool {
        at % self.count == self.index - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = ShardError;

    fn from_str(text: &str) -> Result<Self, ShardError> {
        let (index, count) = text.split_once('/').ok_or(ShardError)?;
        let number = |text: &str| text.trim().parse().map_err(|_| ShardError);
        Self::new(number(index)?, number(count)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_as_it_is_written() {
        for text in ["1/1", "3/8", "1000000/1000000"] {
            assert_eq!(text.parse::<Shard>().unwrap().to_string(), text);
        }
        for odd in ["", "3", "0/2", "3/2", "1/0", "a/2", "1/1000001", "-1/2"] {
            assert_eq!(odd.parse::<Shard>(), Err(ShardError), "{odd}");
        }
    }
}
