//! Characters that are not what they seem.

/// Characters that nobody sees, by which a text could be like another, begin with another character than it seems to, or
/// turn around what stands beside it. Those that join letters are none: Persian, Hindi and many pictures are written with
/// them.
pub const fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}
