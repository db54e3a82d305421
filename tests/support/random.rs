//! Pseudorandom numbers, the same each time: xorshift, Marsaglia 2003.
#![allow(dead_code, unreachable_pub)]

pub struct Random(pub u64);

impl Random {
    /// Returns a number from 0 to below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}
