//! Chance that can be repeated: the same seed rolls the same numbers.

/// `SplitMix64`: the same numbers whatever the versions of crates.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice for one purpose under a seed; other purposes roll other numbers.
    pub fn new(seed: u64, purpose: u64) -> Self {
        let mut dice = Self(seed ^ purpose.wrapping_mul(0x5851_f42d_4c95_7f2d));
        // The first numbers of neighbouring seeds are neighbours.
        dice.number();
        Self(dice.number())
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let number = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^ (number >> 31)
    }

    /// A number from 0 up to, not including, `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number().checked_rem(end as u64).unwrap_or(0)).unwrap_or(0)
    }

    /// A number from `first` to `last`, both included.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// Whether something happens that happens once in `times`.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }

    /// Some of several, in their order.
    pub fn sample<T: Copy>(&mut self, choices: &[T], count: usize) -> Vec<T> {
        let mut left = count;
        let mut sample = Vec::new();
        for (index, choice) in choices.iter().enumerate() {
            if self.below(choices.len() - index) < left {
                left -= 1;
                sample.push(*choice);
            }
        }
        sample
    }

    /// A word of consonants and vowels in turn, as no other text holds it by chance: letters only, so that nobody
    /// takes it for a secret.
    pub fn word(&mut self, first: char, syllables: usize) -> String {
        const CONSONANTS: &[char] = &['b', 'd', 'f', 'g', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'w', 'z'];
        const VOWELS: &[char] = &['a', 'e', 'i', 'o', 'u'];
        let mut word = String::from(first);
        for _ in 0..syllables {
            word.extend(self.pick(VOWELS));
            word.extend(self.pick(CONSONANTS));
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Dice;

    #[test]
    fn a_seed_rolls_the_same_numbers_and_purposes_roll_others() {
        let roll = |seed, purpose| {
            let mut dice = Dice::new(seed, purpose);
            [dice.number(), dice.number()]
        };
        assert_eq!(roll(7, 1), roll(7, 1));
        assert_eq!(HashSet::from([roll(7, 1), roll(7, 2), roll(8, 1), roll(8, 2)]).len(), 4);
    }

    #[test]
    fn a_sample_has_its_size_and_its_order() {
        let mut dice = Dice::new(1, 1);
        let all: Vec<usize> = (0..100).collect();
        let sample = dice.sample(&all, 10);
        assert_eq!(sample.len(), 10);
        assert!(sample.is_sorted());
        assert_eq!(dice.sample(&all, 1_000), all);
    }
}
