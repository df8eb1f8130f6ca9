//! Types of values, null left out.

use std::ops::{BitAnd, BitOr, Not};

use serde_json::Value;

/// A set of types: bits for the six kinds of values beside null; whole numbers are a kind of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Types(pub(super) u8);

impl Default for Types {
    fn default() -> Self {
        Types::ALL
    }
}

impl Types {
    pub(super) const NONE: Types = Types(0);
    pub(super) const BOOLEAN: Types = Types(1);
    pub(super) const INTEGER: Types = Types(2);
    /// Numbers that are not whole.
    pub(super) const FRACTION: Types = Types(4);
    pub(super) const STRING: Types = Types(8);
    pub(super) const ARRAY: Types = Types(16);
    pub(super) const OBJECT: Types = Types(32);
    pub(super) const NUMBER: Types = Types(6);
    pub(super) const ALL: Types = Types(63);
    /// Every single type, the cheapest value first.
    pub(super) const EACH: [Types; 6] =
        [Types::BOOLEAN, Types::INTEGER, Types::FRACTION, Types::STRING, Types::ARRAY, Types::OBJECT];

    /// The types behind a name; `null` is none of them.
    pub(super) fn named(name: &str) -> Option<Types> {
        Some(match name {
            "null" => Types::NONE,
            "boolean" => Types::BOOLEAN,
            "integer" => Types::INTEGER,
            "number" => Types::NUMBER,
            // Swagger's `file` is a text of bytes.
            "string" | "file" => Types::STRING,
            "array" => Types::ARRAY,
            "object" => Types::OBJECT,
            _ => return None,
        })
    }

    /// The type of a value.
    pub(super) fn of(value: &Value) -> Types {
        match value {
            Value::Null => Types::NONE,
            Value::Bool(_) => Types::BOOLEAN,
            Value::Number(number) if super::numbers::is_whole(number) => Types::INTEGER,
            Value::Number(_) => Types::FRACTION,
            Value::String(_) => Types::STRING,
            Value::Array(_) => Types::ARRAY,
            Value::Object(_) => Types::OBJECT,
        }
    }

    pub(super) fn has(self, other: Types) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The names of the types, as in `integer or string`; `nothing but null` where there are none.
    pub(super) fn words(self) -> String {
        if self == Types::ALL {
            return "any type".to_owned();
        }
        let whole = if self.has(Types::FRACTION) { "number" } else { "integer" };
        let names: [(Types, &str); 5] = [
            (Types::BOOLEAN, "boolean"),
            (Types::NUMBER, whole),
            (Types::STRING, "string"),
            (Types::ARRAY, "array"),
            (Types::OBJECT, "object"),
        ];
        let names: Vec<&str> = names.iter().filter(|(types, _)| self.has(*types)).map(|(_, name)| *name).collect();
        if names.is_empty() { "null".to_owned() } else { names.join(" or ") }
    }
}

impl BitAnd for Types {
    type Output = Types;

    fn bitand(self, other: Types) -> Types {
        Types(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Types;

    fn bitor(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }
}

impl Not for Types {
    type Output = Types;

    fn not(self) -> Types {
        Types(!self.0 & Types::ALL.0)
    }
}
