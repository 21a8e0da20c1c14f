//! Regions, systems and neighbourhoods, and the copies of rows that stand in them.
//!
//! A row stands for one thing in each place of its level (`each`), or for `count` things there. The
//! things are in the order of their places: the whole, then regions, then each system followed by its
//! neighbourhoods; so a further neighbourhood of the last system, or a further system, adds things at
//! the end and leaves the others where they were.

use super::document::{Document, Table};
use crate::model::setup::System;
use crate::registry::places::Each;

/// A place: the whole scenario, a region, a system or a neighbourhood of one.
///
/// The order puts a place before the places within it, and those together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Index of the region, below the whole.
    pub(super) region: Option<u32>,
    /// Index of the system, below the region.
    pub(super) system: Option<u32>,
    /// Index of the neighbourhood within its system.
    pub(super) neighbourhood: Option<u32>,
}

impl Place {
    /// The place of a wider or equal level that this one lies in.
    #[must_use]
    pub(super) fn up_to(self, level: Each) -> Self {
        Self {
            region: self.region.filter(|_| level >= Each::Region),
            system: self.system.filter(|_| level >= Each::System),
            neighbourhood: self.neighbourhood.filter(|_| level >= Each::Neighbourhood),
        }
    }

    /// The level of this place.
    #[must_use]
    pub(super) fn level(self) -> Each {
        match (self.region, self.system, self.neighbourhood) {
            (None, ..) => Each::Once,
            (_, None, _) => Each::Region,
            (_, _, None) => Each::System,
            _ => Each::Neighbourhood,
        }
    }
}

/// All places of a scenario.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The systems, in order.
    pub(super) systems: Vec<System>,
    /// Names of the regions, by first appearance; systems that name none share one without a name.
    pub(super) regions: Vec<String>,
    /// Neighbourhoods in each system.
    pub(super) scale: u32,
    sizes: Vec<String>,
    region_of: Vec<u32>,
}

impl Places {
    /// The places that a scenario names; one system when it names none.
    #[must_use]
    pub(super) fn new(document: &Document) -> Self {
        let mut places = Self {
            scale: narrow(document.top.count("scale").unwrap_or(1)),
            ..Self::default()
        };
        for row in document.rows("systems") {
            let id = row.text("systems.id").to_owned();
            let name = Some(row.text("systems.name")).filter(|name| !name.is_empty());
            let name = name.map_or_else(|| id.clone(), str::to_owned);
            places.add(
                System {
                    id,
                    name,
                    region: row.text("systems.region").to_owned(),
                },
                row.text("systems.size"),
            );
        }
        if places.systems.is_empty() {
            let one = System {
                id: "system".to_owned(),
                name: "System".to_owned(),
                region: String::new(),
            };
            places.add(one, "");
        }
        places
    }

    fn add(&mut self, system: System, size: &str) {
        let known = self
            .regions
            .iter()
            .position(|region| *region == system.region);
        let region = known.unwrap_or_else(|| {
            self.regions.push(system.region.clone());
            self.regions.len() - 1
        });
        self.region_of.push(narrow(region as u64));
        self.sizes.push(size.to_owned());
        self.systems.push(system);
    }

    /// The size classes that systems name.
    pub(super) fn sizes(&self) -> impl Iterator<Item = &str> + Clone {
        self.sizes
            .iter()
            .map(String::as_str)
            .filter(|size| !size.is_empty())
    }

    /// Every place, in the order of things.
    #[must_use]
    pub(super) fn all(&self) -> Vec<Place> {
        let mut all = vec![Place::default()];
        all.extend((0..narrow(self.regions.len() as u64)).map(|region| Place {
            region: Some(region),
            ..Place::default()
        }));
        for (system, region) in (0..).zip(&self.region_of) {
            let place = Place {
                region: Some(*region),
                system: Some(system),
                neighbourhood: None,
            };
            all.push(place);
            all.extend((0..self.scale).map(|neighbourhood| Place {
                neighbourhood: Some(neighbourhood),
                ..place
            }));
        }
        all
    }

    /// Whether a row for systems of a size class stands in a place; without a size it always does.
    #[must_use]
    pub(super) fn admits(&self, place: Place, size: &str) -> bool {
        let has = |system: usize| self.sizes.get(system).is_some_and(|known| known == size);
        match (place.region, place.system) {
            _ if size.is_empty() => true,
            (_, Some(system)) => has(system as usize),
            (Some(region), None) => self
                .region_of
                .iter()
                .enumerate()
                .any(|(system, of)| *of == region && has(system)),
            (None, None) => (0..self.systems.len()).any(has),
        }
    }

    /// In how many places a row stands.
    #[must_use]
    pub(super) fn number(&self, each: Each, size: &str) -> u128 {
        let systems = (0..).zip(&self.region_of).filter(|(system, region)| {
            let place = Place {
                region: Some(**region),
                system: Some(*system),
                neighbourhood: None,
            };
            self.admits(place, size)
        });
        match each {
            Each::Once => 1,
            Each::Region => self.regions.len() as u128,
            Each::System => systems.count() as u128,
            Each::Neighbourhood => systems.count() as u128 * u128::from(self.scale),
        }
    }

    /// The system of a place: of a wider place, the first system in it.
    #[must_use]
    pub(super) fn system_of(&self, place: Place) -> u32 {
        let first = || {
            self.region_of
                .iter()
                .position(|of| place.region.is_none_or(|region| *of == region))
        };
        place
            .system
            .unwrap_or_else(|| narrow(first().unwrap_or(0) as u64))
    }

    /// The narrowest place that is the same as this one: of one system, or of one neighbourhood.
    #[must_use]
    pub(super) fn narrowest(&self, mut place: Place) -> Place {
        if self.regions.len() == 1 {
            place.region = Some(0);
        }
        let systems = self
            .region_of
            .iter()
            .filter(|of| Some(**of) == place.region)
            .count();
        if place.region.is_some() && systems == 1 {
            place.system = Some(self.system_of(place));
        }
        if place.system.is_some() && self.scale == 1 {
            place.neighbourhood = Some(0);
        }
        place
    }

    /// What is appended to the ids of copies, such as `.north.n3`; a level with one place adds nothing.
    #[must_use]
    pub(super) fn suffix(&self, place: Place) -> String {
        let mut suffix = String::new();
        if let (Some(region), None) = (place.region, place.system)
            && self.regions.len() > 1
        {
            let name = self.regions.get(region as usize).map_or("", String::as_str);
            suffix = format!(".{}", if name.is_empty() { "elsewhere" } else { name });
        }
        if let Some(system) = place
            .system
            .and_then(|system| self.systems.get(system as usize))
            && self.systems.len() > 1
        {
            suffix = format!(".{}", system.id);
        }
        if let Some(neighbourhood) = place.neighbourhood
            && self.scale > 1
        {
            suffix.push_str(&format!(".n{}", neighbourhood + 1));
        }
        suffix
    }
}

/// One thing that a row stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thing {
    /// Index of the row.
    pub(super) row: usize,
    /// Where it stands.
    pub(super) place: Place,
    /// Its number among those of the row in this place, from 1; 0 when it is the only one.
    pub(super) number: u32,
}

/// The things that the rows of one table stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// The things, in the order of places, then of rows.
    pub(super) things: Vec<Thing>,
    /// Of each row, its places in order, with the index of the first thing there and their number.
    runs: Vec<Vec<(Place, u32, u32)>>,
    /// Of each row, its level.
    levels: Vec<Each>,
}

/// The level of a row.
#[must_use]
pub(super) fn level(row: &Table, table: &str) -> Each {
    row.choice(&format!("{table}.each")).unwrap_or(Each::Once)
}

impl Layout {
    /// Lays out the rows of a table. The caller has checked that their number is bearable.
    #[must_use]
    pub(super) fn new(rows: &[Table], table: &str, places: &Places) -> Self {
        let (size, count) = (format!("{table}.size"), format!("{table}.count"));
        let mut layout = Self {
            runs: vec![Vec::new(); rows.len()],
            levels: rows.iter().map(|row| level(row, table)).collect(),
            ..Self::default()
        };
        for place in places.all() {
            let here = place.level();
            for (index, row) in rows.iter().enumerate() {
                if layout.levels[index] == here && places.admits(place, row.text(&size)) {
                    let number = narrow(row.count(&count).unwrap_or(1));
                    let numbers = if number == 1 { 0..1 } else { 1..number + 1 };
                    layout.put(index, place, numbers);
                }
            }
        }
        layout.runs.iter_mut().for_each(|runs| runs.sort_unstable());
        layout
    }

    /// Lays out people, each of whom belongs to one of so many rows, in the whole.
    #[must_use]
    pub(super) fn of_people(people: impl Iterator<Item = u32>, rows: usize) -> Self {
        let mut layout = Self {
            runs: vec![Vec::new(); rows],
            levels: vec![Each::Once; rows],
            ..Self::default()
        };
        for row in people.filter(|row| (*row as usize) < rows) {
            layout.put(row as usize, Place::default(), 0..1);
        }
        layout
    }

    fn put(&mut self, row: usize, place: Place, numbers: std::ops::Range<u32>) {
        let first = narrow(self.things.len() as u64);
        self.runs[row].push((place, first, numbers.end - numbers.start));
        self.things
            .extend(numbers.map(|number| Thing { row, place, number }));
    }

    /// The things of some rows that a thing in this place refers to: those in the same place on every
    /// level that both have.
    #[must_use]
    pub(super) fn reached(&self, rows: &[usize], place: Place) -> Vec<u32> {
        let mut reached = Vec::new();
        for row in rows {
            let (Some(runs), Some(level)) = (self.runs.get(*row), self.levels.get(*row)) else {
                continue;
            };
            let common = place.up_to(*level);
            let begin = runs.partition_point(|(known, ..)| known.up_to(common.level()) < common);
            let here = runs
                .iter()
                .skip(begin)
                .take_while(|(known, ..)| known.up_to(common.level()) == common);
            for (_, first, count) in here {
                reached.extend(*first..*first + *count);
            }
        }
        reached
    }

    /// The narrowest of the levels of some rows: two places that are the same up to it reach the same
    /// things.
    #[must_use]
    pub(super) fn finest(&self, rows: &[usize]) -> Each {
        let levels = rows.iter().filter_map(|row| self.levels.get(*row)).copied();
        levels.max().unwrap_or(Each::Once)
    }
}

/// A number as an index; counts are limited far below its bound.
#[must_use]
pub(super) fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The id of a thing: its row's, its number, its place.
#[must_use]
pub(super) fn thing_id(row: &str, number: u32, suffix: &str) -> String {
    if number == 0 {
        format!("{row}{suffix}")
    } else {
        format!("{row}-{number}{suffix}")
    }
}
