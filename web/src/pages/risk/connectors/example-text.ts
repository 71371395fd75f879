/** The second line prints what is registered: the 32 bytes of the public key in base64. */
export const makeKeys = `openssl genpkey -algorithm ed25519 -out connector.pem
openssl pkey -in connector.pem -pubout -outform DER | tail -c 32 | base64`;

/** @param origin where this server is reached */
export const signedReport = (origin: string): string => `# CONNECTOR: the id in the list above
printf '{"device":"%s","userid":"%s","action":"chat_deleted","peer":"%s","at":"%s","nonce":"%s"}' \\
  "phone-1" "zhangsan" "wmEXTERNALUSERID" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(openssl rand -hex 16)" > report.json
SIGNATURE=$(openssl pkeyutl -sign -rawin -inkey connector.pem -in report.json | base64 -w 0)
curl -X POST ${origin}/api/v1/device-reports \\
  -H 'Content-Type: application/json' \\
  -H "X-Connector: $CONNECTOR" \\
  -H "X-Signature: ed25519:$SIGNATURE" \\
  --data-binary @report.json`;
