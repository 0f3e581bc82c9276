//! An operation that no Rust knows is served as the contract says.

use face_search_enroll::openapi;
use face_search_enroll_sandbox::{Contract, Reply, Sandbox};
use serde_json::{Value, json};

use crate::{JSON, call, send};

const PATH: &str = "/lists/v1/block";

/// An operation with an effect, under a name of its own, and two outcomes.
const BLOCK: &str = r"
  /lists/v1/block:
    put:
      operationId: block
      tags: [Access]
      summary: Block a device
      security: []
      x-effect: { name: blocked, of: device, 'yes': it is blocked, 'no': it is not, unknown: it may be }
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/BlockRequest' }
      responses:
        '200':
          description: The envelope.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/BlockResponse' }
              examples:
                blocked:
                  x-outcome: Blocked
                  value: { code: SUCCESS, message: OK, data: { device: 1 }, extra: null, transactionId: a }
                blocked-before:
                  x-outcome: BlockedBefore
                  value: { code: SUCCESS, message: Again, data: null, extra: null, transactionId: a }
      x-outcomes:
        Blocked: { summary: Done., action: Nothing., blocked: 'yes', when: done, retry: never, codes: [SUCCESS] }
        BlockedBefore: { summary: Done., action: Nothing., blocked: 'yes', when: done-before, retry: never }
";

const PLATFORM: &str = "\nx-platform-outcomes:\n";

const SCHEMAS: &str = "
    BlockRequest:
      type: object
      required: [device]
      properties:
        device: { type: integer, minimum: 1 }

    BlockResponse:
      type: object
      required: [code]
      properties:
        code: { $ref: '#/components/schemas/BlockCode' }
        message: { type: string }
        data: { type: object, nullable: true, properties: { device: { type: integer } } }

    BlockCode: { type: string, x-extensible-enum: [SUCCESS] }
";

fn start() -> Sandbox {
    let (own, platform) = openapi::YAML.split_once(PLATFORM).unwrap();
    // Each outcome of the platform says it of every effect.
    let platform = ["no", "unknown"]
        .iter()
        .fold(platform.to_owned(), |text, word| {
            let said = format!("    enrolled: '{word}'\n");
            text.replace(&said, &format!("{said}    blocked: '{word}'\n"))
        });
    let text = format!("{own}{BLOCK}{PLATFORM}{platform}{SCHEMAS}");
    let contract = Contract::parse("edited.yaml", &text).unwrap();
    Sandbox::builder().contract(contract).start().unwrap()
}

fn block(sandbox: &Sandbox, body: &str) -> Value {
    let (status, body) = send(sandbox, "PUT", PATH, JSON, body);
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).unwrap()
}

#[test]
fn the_first_the_second_and_a_broken_request_are_told_apart() {
    let sandbox = start();
    let first = block(&sandbox, r#"{"device":7}"#);
    assert_eq!(
        (&first["message"], &first["data"]),
        (&"OK".into(), &json!({ "device": 7 }))
    );
    assert_eq!(block(&sandbox, r#"{"device":7}"#)["message"], "Again");
    assert_eq!(sandbox.effects("block"), ["7"]);
    assert!(
        sandbox.enrolled().is_empty(),
        "an operation has effects of its own"
    );
    // The operation has no words for it: the platform has, for HTTP status 400.
    for broken in ["{}", r#"{"device":0}"#] {
        assert_eq!(block(&sandbox, broken)["code"], "CLIENT_ERROR");
    }
}

#[test]
fn a_wrong_method_and_another_path_say_the_right_ones() {
    let sandbox = start();
    let (status, body) = send(&sandbox, "POST", PATH, "", "");
    assert!(
        status == 405 && body.contains("the method is PUT"),
        "{body}"
    );
    let (status, body) = send(&sandbox, "POST", "/elsewhere", "", "");
    assert!(status == 404 && body.contains(PATH), "{body}");
}

#[test]
fn examples_and_outcomes_are_those_of_the_operation_that_is_called() {
    let sandbox = start();
    let headers = format!("{JSON}Prefer: example=blocked-before\r\n");
    let (_, body) = send(&sandbox, "PUT", PATH, &headers, "{}");
    assert!(body.contains("Again"), "{body}");
    assert_eq!(call(&sandbox, &headers, r#"{"signatureId":"a"}"#).0, 400);
    sandbox.enqueue_reply(Reply::outcome("BlockedBefore"));
    assert_eq!(block(&sandbox, "{}")["message"], "Again");
    sandbox.enqueue_reply(Reply::outcome("Enrolled"));
    let (status, body) = send(&sandbox, "PUT", PATH, JSON, "{}");
    assert!(
        status == 501 && body.contains("no outcome Enrolled of block"),
        "{body}"
    );
    assert!(sandbox.curl_of("block").unwrap().contains(PATH));
    assert!(sandbox.effects("block").is_empty());
}
