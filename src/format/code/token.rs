//! Colours: the tokens of a part of a line.
//!
//! A token may begin before the part and end behind it, so every step says where it stands and takes up from there:
//! a row in the middle of a string of a million characters costs as much as any other.

use super::line::Language;
use super::scan;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Whitespace that JSON does not count; the pretty form has its own.
    Space,
    /// The key of an object's member.
    Key,
    /// A text in quotes.
    Text(Quote),
    /// A number.
    Number,
    /// A word of the language.
    Word,
    /// An option of a command.
    Flag,
    /// A bracket, comma, colon or operator.
    Sign,
    /// A comment to the end of its line, or to its `*/`.
    Comment(Extent),
    /// Anything else.
    Plain,
}

/// The quotes around a text, which decide where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// `"`, with backslash escapes.
    Double,
    /// `'`, with backslash escapes.
    Single,
    /// `` ` ``, with backslash escapes.
    Back,
    /// `'` of a shell, in which nothing has a meaning.
    Verbatim,
}

/// How far a comment reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// To the end of its line.
    Line,
    /// To `*/`.
    Block,
}

/// Where a reader of tokens stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Between tokens.
    Between,
    /// Before the key of an object's member.
    BeforeKey,
    /// At the beginning of a command.
    BeforeCommand,
    /// Inside a token.
    Inside(TokenKind),
}

/// One token, or as much of it as the part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Where its reader stands then.
    pub then: Standing,
}

impl TokenKind {
    /// Whether a backslash and the character after it belong together.
    pub fn has_escapes(self) -> bool {
        matches!(self, Self::Key | Self::Sign | Self::Text(Quote::Double | Quote::Single | Quote::Back))
    }
}

/// The token at a place, of which no more than what lies before `end` is read. `at` is before `end`.
pub fn token_at(text: &str, at: usize, end: usize, language: Language, standing: Standing) -> Token {
    if let Standing::Inside(kind) = standing {
        let rest = rest_of_token(text, at, end, kind, language);
        if rest.end > at {
            return rest;
        }
    }
    let token = new_token(text, at, end, language, standing);
    // Whatever a language does not know is a character of its own, so that every step is one forward.
    if token.end > at { token } else { done(TokenKind::Plain, scan::after_character(text, at).min(end)) }
}

fn new_token(text: &str, at: usize, end: usize, language: Language, standing: Standing) -> Token {
    match (standing, language) {
        (_, Language::Plain) => Token { kind: TokenKind::Plain, end, then: Standing::Inside(TokenKind::Plain) },
        (_, Language::Json) => json_token(text, at, end, standing),
        (_, Language::Shell) => shell_token(text, at, end, standing),
        (_, Language::Script) => script_token(text, at, end),
    }
}

fn json_token(text: &str, at: usize, end: usize, standing: Standing) -> Token {
    match scan::byte(text, at) {
        Some(byte) if scan::is_space(byte) => {
            let space = scan::run(text, at, end, scan::is_space);
            Token { kind: TokenKind::Space, end: space, then: standing }
        }
        Some(b'"') if standing == Standing::BeforeKey => quoted(text, at + 1, end, TokenKind::Key, b'"'),
        Some(b'"') => quoted(text, at + 1, end, TokenKind::Text(Quote::Double), b'"'),
        Some(byte) if scan::is_number(byte) && !byte.is_ascii_alphabetic() => same(text, at, end, TokenKind::Number),
        Some(byte) if byte.is_ascii_alphabetic() => same(text, at, end, TokenKind::Word),
        Some(b'{' | b'}' | b'[' | b']' | b',' | b':') => done(TokenKind::Sign, at + 1),
        _ => done(TokenKind::Plain, scan::after_character(text, at).min(end)),
    }
}

fn shell_token(text: &str, at: usize, end: usize, standing: Standing) -> Token {
    let before = at.checked_sub(1).and_then(|before| scan::byte(text, before));
    let follows_space = before.is_none_or(scan::is_space);
    match (scan::byte(text, at), scan::byte(text, at + 1)) {
        // `$'` opens a text with escapes; its two characters may stand in two rows.
        (Some(b'$'), Some(b'\'')) => done(TokenKind::Text(Quote::Single), at + 1),
        (Some(b'\''), _) if before == Some(b'$') => quoted(text, at + 1, end, TokenKind::Text(Quote::Single), b'\''),
        (Some(b'\''), _) => quoted(text, at + 1, end, TokenKind::Text(Quote::Verbatim), b'\''),
        (Some(b'"'), _) => quoted(text, at + 1, end, TokenKind::Text(Quote::Double), b'"'),
        (Some(b'\\'), Some(_)) if at + 1 < end => done(TokenKind::Sign, scan::after_character(text, at + 1).min(end)),
        (Some(b'-'), _) if follows_space => same(text, at, end, TokenKind::Flag),
        (Some(byte), _) if standing == Standing::BeforeCommand && byte.is_ascii_alphabetic() => {
            same(text, at, end, TokenKind::Word)
        }
        (Some(b'|' | b'&' | b';' | b'<' | b'>'), _) => done(TokenKind::Sign, at + 1),
        (Some(byte), _) if scan::is_space(byte) => {
            let space = scan::run(text, at, end, scan::is_space);
            Token { kind: TokenKind::Plain, end: space, then: standing }
        }
        _ => same(text, at, end, TokenKind::Plain),
    }
}

fn script_token(text: &str, at: usize, end: usize) -> Token {
    match (scan::byte(text, at), scan::byte(text, at + 1)) {
        (Some(b'/'), Some(b'/')) => same(text, at, end, TokenKind::Comment(Extent::Line)),
        (Some(b'/'), Some(b'*')) if at + 1 < end => block_comment(text, at + 2, end),
        (Some(b'"'), _) => quoted(text, at + 1, end, TokenKind::Text(Quote::Double), b'"'),
        (Some(b'\''), _) => quoted(text, at + 1, end, TokenKind::Text(Quote::Single), b'\''),
        (Some(b'`'), _) => quoted(text, at + 1, end, TokenKind::Text(Quote::Back), b'`'),
        (Some(b'0'..=b'9'), _) => same(text, at, end, TokenKind::Number),
        (Some(byte), _) if is_name(byte) => {
            let name = scan::run(text, at, end, is_name);
            let kind = if is_keyword(scan::part(text, at, name)) { TokenKind::Word } else { TokenKind::Plain };
            // A name cut by the end of the part is taken up as what it was.
            Token { kind, end: name, then: if name < end { Standing::Between } else { Standing::Inside(kind) } }
        }
        (Some(byte), _) if byte.is_ascii_punctuation() => done(TokenKind::Sign, at + 1),
        _ => done(TokenKind::Plain, scan::after_character(text, at).min(end)),
    }
}

/// The rest of a token that began before `at`; may be empty, where the token ended just there.
fn rest_of_token(text: &str, at: usize, end: usize, kind: TokenKind, language: Language) -> Token {
    match kind {
        TokenKind::Key | TokenKind::Text(Quote::Double) => quoted(text, at, end, kind, b'"'),
        TokenKind::Text(Quote::Single | Quote::Verbatim) => quoted(text, at, end, kind, b'\''),
        TokenKind::Text(Quote::Back) => quoted(text, at, end, kind, b'`'),
        TokenKind::Comment(Extent::Block) => block_comment(text, at, end),
        TokenKind::Plain if language == Language::Plain => Token { kind, end, then: Standing::Inside(kind) },
        TokenKind::Plain if language == Language::Shell => same(text, at, end, kind),
        TokenKind::Plain | TokenKind::Word if language == Language::Script => {
            let name = scan::run(text, at, end, is_name);
            Token { kind, end: name, then: if name < end { Standing::Between } else { Standing::Inside(kind) } }
        }
        TokenKind::Sign | TokenKind::Space | TokenKind::Plain => done(kind, at),
        TokenKind::Number | TokenKind::Word | TokenKind::Flag | TokenKind::Comment(Extent::Line) => {
            same(text, at, end, kind)
        }
    }
}

fn done(kind: TokenKind, end: usize) -> Token {
    Token { kind, end, then: Standing::Between }
}

/// A token that reaches as far as its kind of characters does.
fn same(text: &str, at: usize, end: usize, kind: TokenKind) -> Token {
    let reached = scan::run(text, at, end, |byte| match kind {
        TokenKind::Number => scan::is_number(byte) || byte.is_ascii_alphanumeric(),
        TokenKind::Word => byte.is_ascii_alphanumeric() || byte == b'_',
        TokenKind::Comment(_) => true,
        _ => !scan::is_space(byte) && !matches!(byte, b'\'' | b'"' | b'\\'),
    });
    let reached = boundary(text, reached, end);
    Token { kind, end: reached, then: if reached < end { Standing::Between } else { Standing::Inside(kind) } }
}

/// A text in quotes, from behind its opening quote or from somewhere inside.
fn quoted(text: &str, at: usize, end: usize, kind: TokenKind, quote: u8) -> Token {
    let escapes = kind.has_escapes();
    let mut place = at.min(end);
    loop {
        place = scan::run(text, place, end, |byte| byte != quote && !(escapes && byte == b'\\'));
        if place >= end {
            return Token { kind, end: boundary(text, place, end), then: Standing::Inside(kind) };
        }
        if scan::byte(text, place) == Some(quote) {
            return done(kind, place + 1);
        }
        if place + 1 >= end {
            // The character after the backslash lies behind the part: they are read together, later.
            return Token { kind, end: if place > at { place } else { end }, then: Standing::Inside(kind) };
        }
        place = scan::after_character(text, place + 1);
    }
}

fn block_comment(text: &str, at: usize, end: usize) -> Token {
    let kind = TokenKind::Comment(Extent::Block);
    match scan::part(text, at, end).find("*/") {
        Some(found) => done(kind, at + found + 2),
        None => Token { kind, end, then: Standing::Inside(kind) },
    }
}

/// A place brought back to the end of the part, and onto the border of a character.
fn boundary(text: &str, place: usize, end: usize) -> usize {
    let mut place = place.min(end);
    while place < end && !text.is_char_boundary(place) {
        place += 1;
    }
    place
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#' | 0x80..)
}

fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "async"
            | "await"
            | "break"
            | "case"
            | "catch"
            | "class"
            | "const"
            | "continue"
            | "default"
            | "delete"
            | "do"
            | "else"
            | "extends"
            | "false"
            | "finally"
            | "for"
            | "function"
            | "if"
            | "in"
            | "instanceof"
            | "let"
            | "new"
            | "null"
            | "of"
            | "return"
            | "switch"
            | "this"
            | "throw"
            | "true"
            | "try"
            | "typeof"
            | "undefined"
            | "var"
            | "void"
            | "while"
            | "yield"
    )
}
