import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';

/** What of a payment merchant is set. Whatever is missing keeps nothing else from starting. */
export type PayConfig = Readonly<{
  apiBase: string;
  mchId: string | undefined;
  appId: string | undefined;
  /** Of the merchant's certificate. */
  serialNo: string | undefined;
  /** PEM, as the three below. */
  privateKey: string | undefined;
  merchantCert: string | undefined;
  platformCert: string | undefined;
  publicKey: string | undefined;
  publicKeyId: string | undefined;
  apiV3Key: string | undefined;
}>;

const holds = (read: (pem: string) => unknown) => (pem: string) => {
  try {
    read(pem);
    return true;
  } catch {
    return false;
  }
};

const pem = (read: (text: string) => unknown, expected: string) => z.string().refine(holds(read), expected).optional();

const certificate = (text: string) => new X509Certificate(text);

/** Settings of WeChat Pay. Files are given as all settings are: `WECHATPAY_PRIVATE_KEY_FILE` names one. */
export const paySettings = {
  WECHATPAY_MCH_ID: z
    .string()
    .regex(/^\d{8,10}$/, 'expected 8 to 10 digits')
    .optional()
    .describe('Merchant number of WeChat Pay (商户号)')
    .meta({ example: '1900000001' }),
  WECHATPAY_APP_ID: z
    .string()
    .regex(/^w[a-z][0-9A-Za-z]{6,30}$/, 'expected an app id such as wx0123456789abcdef')
    .optional()
    .describe('App id that is bound to the merchant number')
    .meta({ example: 'wx0123456789abcdef' }),
  WECHATPAY_SERIAL_NO: z
    .string()
    .regex(/^[0-9A-Fa-f]{8,40}$/, 'expected hexadecimal digits')
    .optional()
    .describe("Serial number of the merchant's certificate; read from the certificate where that is given")
    .meta({ example: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1' }),
  WECHATPAY_PRIVATE_KEY: pem(createPrivateKey, 'expected a private key in PEM')
    .describe("The merchant's private key (apiclient_key.pem), best as WECHATPAY_PRIVATE_KEY_FILE")
    .meta({ example: '/etc/scrm/pay/apiclient_key.pem in WECHATPAY_PRIVATE_KEY_FILE', secret: true }),
  WECHATPAY_MERCHANT_CERT: pem(certificate, 'expected a certificate in PEM')
    .describe("The merchant's certificate (apiclient_cert.pem), best as WECHATPAY_MERCHANT_CERT_FILE")
    .meta({ example: '/etc/scrm/pay/apiclient_cert.pem in WECHATPAY_MERCHANT_CERT_FILE' }),
  WECHATPAY_PLATFORM_CERT: pem(certificate, 'expected a certificate in PEM')
    .describe("WeChat Pay's platform certificate (微信支付平台证书), best as WECHATPAY_PLATFORM_CERT_FILE")
    .meta({ example: '/etc/scrm/pay/platform_cert.pem in WECHATPAY_PLATFORM_CERT_FILE' }),
  WECHATPAY_API_V3_KEY: z
    .string()
    .refine((text) => Buffer.byteLength(text) === 32, 'expected exactly 32 characters')
    .optional()
    .describe('APIv3 key (APIv3密钥), which opens notifications')
    .meta({ example: '32 letters and digits', secret: true }),
  WECHATPAY_PUBLIC_KEY_ID: z
    .string()
    .regex(/^PUB_KEY_ID_[0-9A-Za-z]{1,60}$/, 'expected PUB_KEY_ID_ and digits')
    .optional()
    .describe("Id of WeChat Pay's public key (微信支付公钥ID)")
    .meta({ example: 'PUB_KEY_ID_0119000000012024101500000000000000' }),
  WECHATPAY_PUBLIC_KEY: pem(createPublicKey, 'expected a public key in PEM')
    .describe("WeChat Pay's public key (微信支付公钥), best as WECHATPAY_PUBLIC_KEY_FILE")
    .meta({ example: '/etc/scrm/pay/pub_key.pem in WECHATPAY_PUBLIC_KEY_FILE' }),
  WECHATPAY_API_BASE: z
    .url({ protocol: /^https?$/ })
    .default('https://api.mch.weixin.qq.com')
    .describe('WeChat Pay API')
    .meta({ example: 'https://api.mch.weixin.qq.com' }),
};

const values = z.object(paySettings);

export const payOf = (e: z.infer<typeof values>): PayConfig => ({
  apiBase: e.WECHATPAY_API_BASE.replace(/\/$/, ''),
  mchId: e.WECHATPAY_MCH_ID,
  appId: e.WECHATPAY_APP_ID,
  serialNo: e.WECHATPAY_SERIAL_NO,
  privateKey: e.WECHATPAY_PRIVATE_KEY,
  merchantCert: e.WECHATPAY_MERCHANT_CERT,
  platformCert: e.WECHATPAY_PLATFORM_CERT,
  publicKey: e.WECHATPAY_PUBLIC_KEY,
  publicKeyId: e.WECHATPAY_PUBLIC_KEY_ID,
  apiV3Key: e.WECHATPAY_API_V3_KEY,
});
