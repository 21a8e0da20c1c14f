//! stub
use crate::random::Draws;
use crate::registry::places::Network;
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub profession: u32,
    pub organisation: u32,
}
pub fn advice(_: &[Person], _: &Network, _: &Draws, _: u64) -> Vec<(u32, u32)> {
    Vec::new()
}
