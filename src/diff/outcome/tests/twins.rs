//! Descriptions that say the same in other words.

use super::{Options, changes, described, short};

const PLAIN: &str = "paths:
  /orders/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      responses:
        '200':
          description: The order
          headers: { X-A: { required: true, schema: { type: integer } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
        4XX: { $ref: '#/components/responses/Error' }
components:
  schemas: { Order: { type: object, properties: { id: { type: string } } } }
  responses: { Error: { description: x, content: { application/json: { schema: { type: object } } } } }
";

const SHUFFLED: &str = "components:
  responses: { Failure: { content: { application/json: { schema: { type: object } } }, description: another } }
  schemas: { Purchase: { properties: { id: { type: string } }, type: object } }
paths:
  /orders/{order}:
    get:
      responses:
        4XX: { $ref: '#/components/responses/Failure' }
        '200':
          content: { application/json;charset=utf-8: { schema: { $ref: '#/components/schemas/Purchase' } } }
          description: Another word for it
          headers: { x-a: { schema: { type: integer }, required: true } }
    parameters: [{ name: order, in: path, required: true, schema: { type: string } }]
";

#[test]
fn other_order_names_and_words() {
    let found = changes(&described(PLAIN), &described(SHUFFLED), &Options::default(), short);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn another_version() {
    let new = described(PLAIN);
    for version in ["3.0.3", "3.2.0"] {
        let old = new.replace("3.1.0", version);
        assert_eq!(changes(&old, &new, &Options::default(), short), Vec::<String>::new(), "{version}");
        assert_eq!(changes(&new, &old, &Options::default(), short), Vec::<String>::new(), "{version}");
    }
}

#[test]
fn from_2_0() {
    let old = "swagger: '2.0'
info: { title: Example, version: '1' }
basePath: /v1
produces: [application/json]
paths:
  /orders:
    get:
      responses:
        '200':
          description: x
          headers: { X-List: { type: array, items: { type: string } } }
          schema: { type: object }
        '204': { description: x }
";
    let new = described(
        "servers: [{ url: 'https://api.example.com/v1' }]
paths:
  /orders:
    get:
      responses:
        '200':
          description: x
          headers: { X-List: { schema: { type: array, items: { type: string } } } }
          content: { application/json: { schema: { type: object } } }
        '204': { description: x }
",
    );
    assert_eq!(changes(old, &new, &Options::default(), short), Vec::<String>::new());
}
