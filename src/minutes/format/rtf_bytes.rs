//! RTF as a sequence of tokens, without what they mean.

/// A token of RTF.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Begin,
    End,
    /// A control word with its number: `\fs24`, `\par`.
    Word(&'a str, Option<i32>),
    /// A control sign: `\*`, `\~`.
    Sign(u8),
    /// A byte of text, written as itself, escaped, or as `\'8e`.
    Byte(u8),
}

/// Splits RTF into its tokens. What is no RTF is text.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    fn word(&mut self, rest: &'a [u8]) -> Token<'a> {
        let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = rest.split_at(length);
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let digits = if digits == 0 { 0 } else { sign + digits };
        let (number, rest) = rest.split_at(digits);
        let text = |bytes| str::from_utf8(bytes).unwrap_or_default();
        let number = text(number).parse().ok();
        self.bytes = rest.strip_prefix(b" ").unwrap_or(rest);
        if text(word) == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0).min(self.bytes.len());
            self.bytes = &self.bytes[length..];
        }
        Token::Word(text(word), number)
    }

    fn control(&mut self, rest: &'a [u8]) -> Option<Token<'a>> {
        let (&first, after) = rest.split_first()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word(rest));
        }
        self.bytes = after;
        Some(match first {
            b'\\' | b'{' | b'}' => Token::Byte(first),
            b'\n' | b'\r' => Token::Word("par", None),
            b'\'' => {
                let digits = after.get(..2).and_then(|digits| str::from_utf8(digits).ok());
                match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    Some(byte) => {
                        self.bytes = &after[2..];
                        Token::Byte(byte)
                    }
                    None => Token::Sign(first),
                }
            }
            _ => Token::Sign(first),
        })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&first, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            return match first {
                b'\n' | b'\r' | 0 => continue,
                b'{' => Some(Token::Begin),
                b'}' => Some(Token::End),
                b'\\' => self.control(rest),
                _ => Some(Token::Byte(first)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_every_form() {
        let tokens: Vec<Token<'_>> =
            Tokens::of(b"{\\b0 a\\'8e\\u-3913?\\*\\\\\\bin3 }}}x}\\par\n\\").collect();
        let expected = [
            Token::Begin,
            Token::Word("b", Some(0)),
            Token::Byte(b'a'),
            Token::Byte(0x8e),
            Token::Word("u", Some(-3913)),
            Token::Byte(b'?'),
            Token::Sign(b'*'),
            Token::Byte(b'\\'),
            Token::Word("bin", Some(3)),
            Token::Byte(b'x'),
            Token::End,
            Token::Word("par", None),
        ];
        assert_eq!(tokens, expected);
    }
}
