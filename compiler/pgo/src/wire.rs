//! The wire format of protocol buffers: bytes in, fields out.

use crate::{Error, fail};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// A varint, or a number of fixed size, which profiles don't have.
    Number(u64),
    /// A text, a message, or numbers in a row.
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> {
    pub fn number(self) -> Result<u64, Error> {
        match self {
            Value::Number(n) => Ok(n),
            Value::Bytes(_) => fail("type mismatch"),
        }
    }

    pub fn bytes(self) -> Result<&'a [u8], Error> {
        match self {
            Value::Bytes(b) => Ok(b),
            Value::Number(_) => fail("type mismatch"),
        }
    }

    /// Adds what a repeated field of numbers has here: one, or several in a row.
    pub fn numbers(self, out: &mut Vec<u64>) -> Result<(), Error> {
        match self {
            Value::Number(n) => out.push(n),
            Value::Bytes(mut rest) => {
                while !rest.is_empty() {
                    out.push(varint(&mut rest)?);
                }
            }
        }
        Ok(())
    }
}

/// The fields of a message, with their numbers. Nothing follows an error.
pub struct Fields<'a>(pub &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Result<(u64, Value<'a>), Error> {
        let tag = varint(&mut self.0)?;
        let value = match tag & 7 {
            0 => Value::Number(varint(&mut self.0)?),
            1 => Value::Number(fixed(self.take(8)?)),
            2 => {
                let n = varint(&mut self.0)?;
                Value::Bytes(self.take(n)?)
            }
            5 => Value::Number(fixed(self.take(4)?)),
            other => return fail(format!("unknown wire type: {other}")),
        };
        Ok((tag >> 3, value))
    }

    fn take(&mut self, n: u64) -> Result<&'a [u8], Error> {
        let parts = usize::try_from(n).ok().and_then(|n| self.0.split_at_checked(n));
        let Some((taken, rest)) = parts else { return fail("not enough data") };
        self.0 = rest;
        Ok(taken)
    }
}

/// Little-endian.
fn fixed(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |n, &b| n << 8 | u64::from(b))
}

fn varint(rest: &mut &[u8]) -> Result<u64, Error> {
    let mut n = 0;
    for (i, &b) in rest.iter().take(10).enumerate() {
        n |= u64::from(b & 0x7f) << (7 * i);
        if b < 0x80 {
            *rest = &rest[i + 1..];
            return Ok(n);
        }
    }
    fail("bad varint")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(bytes: &[u8]) -> Result<Vec<(u64, Value<'_>)>, Error> {
        Fields(bytes).collect()
    }

    #[test]
    fn reads_fields() {
        let bytes = [0x08, 0x96, 0x01, 0x12, 2, b'h', b'i', 0x1d, 1, 2, 0, 0];
        let want = vec![(1, Value::Number(150)), (2, Value::Bytes(b"hi")), (3, Value::Number(513))];
        assert_eq!(fields(&bytes), Ok(want));
        let mut numbers = Vec::new();
        Value::Bytes(&[1, 0x80, 1]).numbers(&mut numbers).unwrap();
        Value::Number(7).numbers(&mut numbers).unwrap();
        assert_eq!(numbers, [1, 128, 7]);
    }

    #[test]
    fn refuses_others() {
        assert_eq!(fields(&[0x0f]), fail("unknown wire type: 7"));
        assert_eq!(fields(&[0x0a, 3, 1]), fail("not enough data"));
        assert_eq!(fields(&[0x08, 0x80]), fail("bad varint"));
        assert_eq!(fields(&[0xff; 12]), fail("bad varint"));
        assert_eq!(Value::Number(1).bytes(), fail("type mismatch"));
        assert_eq!(Value::Bytes(b"").number(), fail("type mismatch"));
    }
}
