//! The slow states of leaders and ties, taken out of their places while they are written, so that
//! blocks of leaders can be updated side by side.

use super::leader::{AXES, KINDS, Leaders};
use super::network::Ties;

/// The slow states of a run of leaders and their rows of ties, for writing.
#[derive(Debug)]
pub(super) struct Minds<'a> {
    pub(super) first: usize,
    pub(super) view: &'a mut [[f64; AXES]],
    pub(super) skill: &'a mut [f32],
    pub(super) bilingualism: &'a mut [f64],
    pub(super) motivation: &'a mut [f64],
    pub(super) commitment: &'a mut [f64],
    pub(super) grievance: &'a mut [f64],
    pub(super) fatigue: &'a mut [f64],
    pub(super) strain: &'a mut [f64],
    pub(super) generalised: &'a mut [[f32; KINDS]],
    pub(super) first_tie: usize,
    pub(super) trust: &'a mut [f32],
    pub(super) ceiling: &'a mut [f32],
    pub(super) granted: &'a mut [f32],
}

macro_rules! minds {
    ($($field:ident),+) => {
        impl<'a> Minds<'a> {
            /// Takes the slow states out of leaders and ties.
            pub(super) fn take(leaders: &mut Leaders, ties: &mut Ties) -> Taken {
                Taken {
                    $($field: std::mem::take(&mut leaders.$field),)+
                    trust: std::mem::take(&mut ties.trust),
                    ceiling: std::mem::take(&mut ties.ceiling),
                    granted: std::mem::take(&mut ties.granted),
                }
            }

            /// Splits off the leaders from `leader` on, whose ties begin at `tie`.
            pub(super) fn split(self, leader: usize, tie: usize) -> (Self, Self) {
                let at = leader - self.first;
                let cut = tie - self.first_tie;
                $(let $field = self.$field.split_at_mut(at);)+
                let trust = self.trust.split_at_mut(cut);
                let ceiling = self.ceiling.split_at_mut(cut);
                let granted = self.granted.split_at_mut(cut);
                (
                    Self { first: self.first, first_tie: self.first_tie, $($field: $field.0,)+ trust: trust.0, ceiling: ceiling.0, granted: granted.0 },
                    Self { first: leader, first_tie: tie, $($field: $field.1,)+ trust: trust.1, ceiling: ceiling.1, granted: granted.1 },
                )
            }
        }

        impl Taken {
            /// All of it, for writing.
            pub(super) fn minds(&mut self) -> Minds<'_> {
                Minds {
                    first: 0, first_tie: 0,
                    $($field: &mut self.$field,)+
                    trust: &mut self.trust, ceiling: &mut self.ceiling, granted: &mut self.granted,
                }
            }

            /// Puts the slow states back.
            pub(super) fn put_back(self, leaders: &mut Leaders, ties: &mut Ties) {
                $(leaders.$field = self.$field;)+
                ties.trust = self.trust;
                ties.ceiling = self.ceiling;
                ties.granted = self.granted;
            }
        }
    };
}

/// The slow states, out of their places while they are written.
#[derive(Debug)]
pub(super) struct Taken {
    view: Vec<[f64; AXES]>,
    skill: Vec<f32>,
    bilingualism: Vec<f64>,
    motivation: Vec<f64>,
    commitment: Vec<f64>,
    grievance: Vec<f64>,
    fatigue: Vec<f64>,
    strain: Vec<f64>,
    generalised: Vec<[f32; KINDS]>,
    trust: Vec<f32>,
    ceiling: Vec<f32>,
    granted: Vec<f32>,
}

minds!(
    view,
    skill,
    bilingualism,
    motivation,
    commitment,
    grievance,
    fatigue,
    strain,
    generalised
);
