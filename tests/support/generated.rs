//! Descriptions of any size, the same for the same number of paths.

use std::fmt::Write as _;

/// A description with as many paths, written as people write them.
pub(crate) fn yaml(paths: usize) -> String {
    let mut text = String::from("openapi: 3.0.3\ninfo:\n  title: Generated\n  version: '1.0'\npaths:\n");
    for path in 0..paths {
        let _ = write!(
            text,
            "  /things{path}/{{id}}:\n    parameters:\n      - name: id\n        in: path\n        required: true\n        schema: {{type: string}}\n    \
             get:\n      operationId: getThing{path}\n      summary: Get a thing\n      description: |\n        Gets the thing with this id,\n        \
             as it is now.\n      responses:\n        '200':\n          description: The thing\n          content:\n            application/json:\n              \
             schema:\n                $ref: '#/components/schemas/Thing'\n        '404':\n          $ref: '#/components/responses/NotFound'\n    \
             post:\n      operationId: createThing{path}\n      responses:\n        '201':\n          description: Created\n        '405':\n          \
             description: Method Not Allowed\n"
        );
    }
    text.push_str(
        "components:\n  schemas:\n    Thing:\n      type: object\n      properties:\n        id: {type: string}\n        name: {type: string}\n  \
         responses:\n    NotFound:\n      description: No such thing\n",
    );
    text
}

/// The same in JSON, with less in it.
pub(crate) fn json(paths: usize) -> String {
    let mut text =
        String::from("{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"Generated\", \"version\": \"1\"}, \"paths\": {\n");
    for path in 0..paths {
        let comma = if path == 0 { "" } else { ",\n" };
        let _ = write!(
            text,
            "{comma}  \"/things{path}/{{id}}\": {{\n    \"get\": {{\n      \"summary\": \"Get a thing\",\n      \"responses\": {{\n        \"200\": {{\n          \
             \"description\": \"The thing\",\n          \"content\": {{ \"application/json\": {{ \"schema\": {{ \"type\": \"object\" }} }} }}\n        }},\n        \
             \"405\": {{ \"description\": \"Method Not Allowed\" }}\n      }}\n    }}\n  }}"
        );
    }
    text + "\n}}\n"
}

/// Two operations for each path, described so well that little is to be said about them.
pub(crate) fn whole_yaml(paths: usize) -> String {
    let mut text = String::from("openapi: 3.1.0\ninfo: { title: Things, version: '1' }\npaths:\n");
    for path in 0..paths {
        let _ = write!(
            text,
            "  /things{path}/{{id}}:\n    parameters:\n      - {{ name: id, in: path, required: true, schema: {{ type: string }} }}\n    get:\n      \
             operationId: getThing{path}\n      summary: Get a thing\n      description: |\n        Gets the thing with this id,\n        as it is now.\n      \
             responses:\n        '200':\n          description: The thing\n          headers:\n            ETag: {{ schema: {{ type: string }} }}\n          \
             content:\n            application/json:\n              schema: {{ $ref: '#/components/schemas/Thing' }}\n        '404': {{ $ref: \
             '#/components/responses/Problem' }}\n        default: {{ $ref: '#/components/responses/Problem' }}\n    delete:\n      operationId: \
             deleteThing{path}\n      responses:\n        '204': {{ description: It is gone }}\n        '404': {{ $ref: '#/components/responses/Problem' }}\n        \
             default: {{ $ref: '#/components/responses/Problem' }}\n"
        );
    }
    text.push_str(
        "components:\n  schemas:\n    Thing: { type: object, properties: { id: { type: string }, name: { type: string } } }\n  responses:\n    Problem:\n      \
         description: What went wrong\n      content: { application/problem+json: { schema: { type: object, properties: { title: { type: string } } } } }\n",
    );
    text
}

/// The same in JSON.
pub(crate) fn whole_json(paths: usize) -> String {
    const PROBLEMS: &str = r##""404": { "$ref": "#/components/responses/Problem" },
          "default": { "$ref": "#/components/responses/Problem" }"##;
    let mut text =
        String::from("{\n  \"openapi\": \"3.1.0\",\n  \"info\": { \"title\": \"Things\", \"version\": \"1\" },\n  \"paths\": {");
    for path in 0..paths {
        let _ = write!(
            text,
            r##"{}
    "/things{path}/{{id}}": {{
      "parameters": [{{ "name": "id", "in": "path", "required": true, "schema": {{ "type": "string" }} }}],
      "get": {{
        "operationId": "getThing{path}",
        "summary": "Get a thing",
        "description": "Gets the thing with this id,\nas it is now.\n",
        "responses": {{
          "200": {{
            "description": "The thing",
            "headers": {{ "ETag": {{ "schema": {{ "type": "string" }} }} }},
            "content": {{ "application/json": {{ "schema": {{ "$ref": "#/components/schemas/Thing" }} }} }}
          }},
          {PROBLEMS}
        }}
      }},
      "delete": {{
        "operationId": "deleteThing{path}",
        "responses": {{
          "204": {{ "description": "It is gone" }},
          {PROBLEMS}
        }}
      }}
    }}"##,
            if path == 0 { "" } else { "," }
        );
    }
    text + r#"
  },
  "components": {
    "schemas": { "Thing": { "type": "object", "properties": { "id": { "type": "string" }, "name": { "type": "string" } } } },
    "responses": {
      "Problem": {
        "description": "What went wrong",
        "content": { "application/problem+json": { "schema": { "type": "object", "properties": { "title": { "type": "string" } } } } }
      }
    }
  }
}
"#
}
