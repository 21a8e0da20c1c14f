//! Two levels of each factor, in a regular fraction of all combinations (Box & Hunter 1961).
//!
//! Some factors run through every combination; each of the others is set to the product of some of
//! these, low being -1 and high +1. At resolution R no product of fewer than R factors is constant,
//! so that an effect of p factors is not confused with one of fewer than R - p.
//!
//! The products are chosen greedily, the first in the order A, B, AB, C, AC ... that keeps the
//! resolution: the lexicographic code of Conway & Sloane (1986). These fractions are as small
//! as the tables of Box & Hunter have them (checked up to their 11 factors); with many factors at high
//! resolution they may be larger than the smallest. Among fractions of one size the highest resolution found is taken.

use super::{Coordinate, DesignError, MOST_POINTS, Scale, level};

/// A fractional factorial.
#[derive(Clone, Debug)]
pub(super) struct Fraction {
    factors: Vec<Scale>,
    words: Words,
}

/// For each factor the base factors whose product it is: bit 0 stands for the first.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Words {
    columns: Vec<usize>,
    base: usize,
    /// The fewest factors whose product is constant; none if all combinations are there.
    resolution: Option<u8>,
}

impl Fraction {
    pub(super) fn new(factors: &[Scale], resolution: u32) -> Result<Self, DesignError> {
        if resolution < 3 {
            return Err(DesignError::LowResolution { resolution });
        }
        for (factor, scale) in factors.iter().enumerate() {
            match scale {
                Scale::Levels(levels) if *levels != 2 => {
                    let levels = *levels;
                    return Err(DesignError::NotTwoLevels { factor, levels });
                }
                _ => {}
            }
        }
        let count = factors.len();
        let mut words = search(count, resolution, MOST_POINTS).ok_or(DesignError::TooLarge)?;
        let higher = |words: &Words| {
            let next = u32::from(words.resolution?) + 1;
            search(count, next, 1 << words.base)
        };
        while let Some(better) = higher(&words) {
            words = better;
        }
        Ok(Self {
            factors: factors.to_vec(),
            words,
        })
    }

    pub(super) fn len(&self) -> u64 {
        1 << self.words.base
    }

    /// The last base factor is fastest, as on a grid.
    pub(super) fn point(&self, index: u64) -> Vec<Coordinate> {
        let base = self.words.base;
        let lows = (0..base).filter(|at| (index >> (base - 1 - at)) & 1 == 0);
        let lows = lows.fold(0, |lows, at| lows | (1 << at));
        let columns = self.factors.iter().zip(&self.words.columns);
        columns
            .map(|(scale, column)| {
                let high = (column & lows).count_ones() % 2 == 0;
                match scale {
                    Scale::Levels(_) => level(u64::from(high)),
                    Scale::Range => Coordinate::Share(f64::from(u8::from(high))),
                }
            })
            .collect()
    }

    pub(super) fn generators(&self) -> String {
        let Some(resolution) = self.words.resolution else {
            return "every combination".to_owned();
        };
        let base = self.words.base;
        let generated = self.words.columns.iter().enumerate().skip(base);
        let generators = generated.map(|(factor, column)| {
            let of = (0..base).filter(|at| (column >> at) & 1 == 1).map(letter);
            format!("{} = {}", letter(factor), of.collect::<String>())
        });
        let generators: Vec<_> = generators.collect();
        format!(
            "resolution {}: {}",
            roman(resolution),
            generators.join(", ")
        )
    }
}

/// The smallest fraction that greedy choice finds, unless it has more points than `most`.
fn search(factors: usize, resolution: u32, most: u64) -> Option<Words> {
    let mut found = Words {
        columns: Vec::new(),
        base: 0,
        resolution: None,
    };
    // How many chosen factors it takes at least to make each word; u8::MAX if none do.
    let mut fewest = vec![0_u8];
    let mut word = 0;
    while found.columns.len() < factors {
        word += 1;
        if word == fewest.len() {
            found.base += 1;
            fewest.resize(2 * word, u8::MAX);
            if fewest.len() as u64 > most {
                return None;
            }
        }
        let constant = fewest[word].saturating_add(1);
        if u32::from(constant) < resolution {
            continue;
        }
        if constant < u8::MAX {
            found.resolution = Some(
                found
                    .resolution
                    .map_or(constant, |least| least.min(constant)),
            );
        }
        found.columns.push(word);
        for one in (0..fewest.len()).filter(|one| *one < one ^ word) {
            let (a, b) = (fewest[one], fewest[one ^ word]);
            fewest[one] = a.min(b.saturating_add(1));
            fewest[one ^ word] = b.min(a.saturating_add(1));
        }
    }
    // Stable: first the base factors, then the products, each in the order they were chosen in.
    found
        .columns
        .sort_by_key(|column| !column.is_power_of_two());
    Some(found)
}

/// The letter of a factor: A to Z and a to z without I and i, a number in brackets beyond.
fn letter(factor: usize) -> String {
    let mut letters = ('A'..='Z')
        .chain('a'..='z')
        .filter(|letter| !"Ii".contains(*letter));
    match letters.nth(factor) {
        Some(letter) => letter.to_string(),
        None => format!("[{}]", factor + 1),
    }
}

/// A number below forty as the Romans wrote it.
fn roman(number: u8) -> String {
    const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    "X".repeat(usize::from(number / 10)) + UNITS[usize::from(number % 10)]
}

#[cfg(test)]
mod tests {
    use super::super::{Coordinate, Design, DesignError, Kind, Scale};
    use super::roman;

    fn design(factors: usize, resolution: u32) -> Design {
        let kind = Kind::FractionalFactorial { resolution };
        Design::new(kind, &vec![Scale::Levels(2); factors], 0).unwrap()
    }

    /// The signs of each factor over all points.
    fn signs(design: &Design) -> Vec<Vec<i32>> {
        let points: Vec<_> = (0..design.len()).map(|index| design.point(index)).collect();
        let sign = |coordinate: &Coordinate| match coordinate {
            Coordinate::Level(0) => -1,
            Coordinate::Level(1) => 1,
            other => panic!("{other:?}"),
        };
        (0..points[0].len())
            .map(|at| points.iter().map(|point| sign(&point[at])).collect())
            .collect()
    }

    /// The fewest columns whose product does not sum to zero, by trying every set of up to `most`.
    fn resolution(columns: &[Vec<i32>], most: usize) -> Option<usize> {
        fn aliased(columns: &[Vec<i32>], product: &[i32], more: usize) -> bool {
            if more == 0 {
                return product.iter().sum::<i32>() != 0;
            }
            (0..columns.len()).any(|at| {
                let next: Vec<_> = product
                    .iter()
                    .zip(&columns[at])
                    .map(|(a, b)| a * b)
                    .collect();
                aliased(&columns[at + 1..], &next, more - 1)
            })
        }
        let ones = vec![1; columns[0].len()];
        (1..=most).find(|size| aliased(columns, &ones, *size))
    }

    /// Sizes from table 1 of Box & Hunter (1961) and appendix 8A of Box, Hunter & Hunter (2005).
    #[test]
    fn sizes_and_resolutions_are_the_known_ones() {
        for (factors, asked, size, reached) in [
            (3, 3, 4, 3),
            (4, 3, 8, 4),
            (5, 3, 8, 3),
            (5, 4, 16, 5),
            (5, 5, 16, 5),
            (6, 3, 8, 3),
            (6, 4, 16, 4),
            (6, 5, 32, 6),
            (7, 3, 8, 3),
            (7, 4, 16, 4),
            (7, 5, 64, 7),
            (8, 3, 16, 4),
            (8, 4, 16, 4),
            (8, 5, 64, 5),
            (9, 3, 16, 3),
            (9, 5, 128, 6),
            (11, 5, 128, 5),
            (15, 3, 16, 3),
        ] {
            let design = design(factors, asked);
            assert_eq!(design.len(), size, "{factors} factors, resolution {asked}");
            let columns = signs(&design);
            assert!(columns.iter().all(|column| column.iter().sum::<i32>() == 0));
            assert_eq!(resolution(&columns, factors), Some(reached));
            let said = design.generators().unwrap();
            let name = roman(u8::try_from(reached).unwrap());
            assert!(said.starts_with(&format!("resolution {name}: ")), "{said}");
        }
        assert_eq!(design(17, 5).len(), 256);
        assert_eq!(design(23, 7).len(), 2_048);
        assert_eq!(design(127, 3).len(), 128);
    }

    #[test]
    fn each_generator_is_what_it_says() {
        let design = design(7, 4);
        assert_eq!(
            design.generators().unwrap(),
            "resolution IV: E = ABC, F = ABD, G = ACD"
        );
        let c = signs(&design);
        let product = |of: [usize; 3]| -> Vec<i32> {
            (0..16)
                .map(|at| of.iter().map(|one| c[*one][at]).product())
                .collect()
        };
        assert_eq!(c[4], product([0, 1, 2]));
        assert_eq!(c[5], product([0, 1, 3]));
        assert_eq!(c[6], product([0, 2, 3]));
        let many = super::letter(49) + &super::letter(50);
        assert_eq!(many, "z[51]");
    }

    #[test]
    fn a_resolution_beyond_all_factors_is_the_whole_grid() {
        let (whole, grid) = (
            design(4, 9),
            Design::new(Kind::Grid, &[Scale::Levels(2); 4], 0).unwrap(),
        );
        assert_eq!(whole.len(), grid.len());
        assert!((0..16).all(|index| whole.point(index) == grid.point(index)));
        assert_eq!(whole.generators().unwrap(), "every combination");
        assert_eq!(grid.generators(), None);
        assert!(!whole.extends());
    }

    #[test]
    fn a_range_is_set_to_its_ends() {
        let kind = Kind::FractionalFactorial { resolution: 3 };
        let design = Design::new(kind, &[Scale::Range, Scale::Levels(2), Scale::Range], 0).unwrap();
        assert_eq!(design.generators().unwrap(), "resolution III: C = AB");
        let (low, high) = (Coordinate::Share(0.0), Coordinate::Share(1.0));
        let expected = [
            [low, Coordinate::Level(0), high],
            [low, Coordinate::Level(1), low],
            [high, Coordinate::Level(0), low],
            [high, Coordinate::Level(1), high],
        ];
        for (index, point) in (0..).zip(expected) {
            assert_eq!(design.point(index), point);
        }
    }

    #[test]
    fn other_levels_low_resolutions_and_too_many_factors_are_refused() {
        let new = |factors: &[Scale], resolution| {
            Design::new(Kind::FractionalFactorial { resolution }, factors, 0).unwrap_err()
        };
        let error = new(&[Scale::Range, Scale::Levels(3)], 3);
        assert_eq!(error.factor(), Some(1));
        assert_eq!(
            error.to_string(),
            "a fractional factorial sets each factor to one of two levels, but factor 2 has 3; give \
             it two, or a range, whose ends are then used"
        );
        assert_eq!(
            new(&[Scale::Range; 3], 2).to_string(),
            "at resolution 2 the effects of single factors could not be told apart; ask for 3 \
             (effects of single factors apart from each other), 4 (and from those of pairs) or 5 \
             (pairs apart from each other) or more"
        );
        assert_eq!(new(&[Scale::Range; 24], 30), DesignError::TooLarge);
    }
}
