//! Numbers of every size and spelling.

use super::{V2, V30, V31, holds};

#[test]
fn numbers() {
    holds(
        &[V2, V30, V31],
        &[
            ("{ type: integer }", "1.0", "fits"),
            ("{ type: integer }", "1e2", "fits"),
            ("{ type: integer }", "1e400", "fits"),
            ("{ type: integer }", "123456789012345678901234567890", "fits"),
            ("{ type: integer }", "18446744073709551615", "fits"),
            ("{ type: integer, format: int32 }", "4294967296", "fits"),
            ("{ type: number }", "-0.0", "fits"),
            ("{ maximum: 10 }", "1e400", "maximum at '': is more than the `maximum` 10"),
            ("{ minimum: 10 }", "-1e400", "minimum at '': is less than the `minimum` 10"),
            ("{ maximum: 10 }", "10.0", "fits"),
            ("{ maximum: 18446744073709551615 }", "18446744073709551615", "fits"),
            ("{ multipleOf: 0.01 }", "4.35", "fits"),
            ("{ multipleOf: 0.1 }", "0.3", "fits"),
            ("{ multipleOf: 0.01 }", "19.99", "fits"),
            ("{ multipleOf: 0.01 }", "1e300", "fits"),
            ("{ multipleOf: 2 }", "3", "multipleOf at '': is no multiple of 2"),
            ("{ multipleOf: 0.5 }", "0.25", "multipleOf at '': is no multiple of 0.5"),
            ("{ enum: [1] }", "1.0", "fits"),
        ],
    );
    holds(
        &[V2, V30],
        &[
            (
                "{ minimum: 1, exclusiveMinimum: true }",
                "1",
                "exclusiveMinimum at '': is not more than 1, which `exclusiveMinimum` wants",
            ),
            ("{ maximum: 1, exclusiveMaximum: true }", "0.9", "fits"),
            ("{ maximum: 1, exclusiveMaximum: false }", "1", "fits"),
            ("{ exclusiveMaximum: true }", "1", "fits"),
            ("{ exclusiveMaximum: 1 }", "1", "unknown: the value of `exclusiveMaximum` in the schema is not understood"),
        ],
    );
    holds(
        &[V31],
        &[(
            "{ minimum: 1, exclusiveMinimum: true }",
            "1",
            "unknown: the value of `exclusiveMinimum` in the schema is not understood",
        )],
    );
}
