import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { PayConfig } from '../../config';

/** Who we are to WeChat Pay, and whose signatures we believe. */
export interface Merchant {
  mchId: string;
  appId: string;
  /** Of our own certificate: names the key we sign with. */
  serialNo: string;
  privateKey: KeyObject;
  apiV3Key: KeyObject;
  /** WeChat Pay's keys as `Wechatpay-Serial` names them. Certificate and public key both count: a change between them takes days. */
  trusted: ReadonlyMap<string, KeyObject>;
}

export type MerchantOrMissing = { merchant: Merchant; missing: [] } | { merchant: undefined; missing: string[] };

/** A merchant, or the settings that one still needs. */
export function merchantOf(config: PayConfig): MerchantOrMissing {
  const { mchId, appId, privateKey, apiV3Key } = config;
  const serialNo = config.serialNo ?? (config.merchantCert && serialOf(new X509Certificate(config.merchantCert)));
  const trusted = trustedIn(config);
  const has = mchId && appId && serialNo && privateKey && apiV3Key && trusted.size > 0;
  if (!has) return { merchant: undefined, missing: missingIn(config, trusted.size > 0) };
  const merchant = {
    mchId,
    appId,
    serialNo: serialNo.toUpperCase(),
    privateKey: createPrivateKey(privateKey),
    apiV3Key: createSecretKey(Buffer.from(apiV3Key)),
    trusted,
  };
  return { merchant, missing: [] };
}

function trustedIn({ platformCert, publicKey, publicKeyId }: PayConfig): Map<string, KeyObject> {
  const trusted = new Map<string, KeyObject>();
  if (publicKey && publicKeyId) trusted.set(publicKeyId, createPublicKey(publicKey));
  if (platformCert) {
    const certificate = new X509Certificate(platformCert);
    trusted.set(serialOf(certificate), certificate.publicKey);
  }
  return trusted;
}

const serialOf = (certificate: X509Certificate): string => certificate.serialNumber.toUpperCase();

function missingIn(config: PayConfig, believes: boolean): string[] {
  const needed: [string, unknown][] = [
    ['WECHATPAY_MCH_ID', config.mchId],
    ['WECHATPAY_APP_ID', config.appId],
    ['WECHATPAY_SERIAL_NO', config.serialNo ?? config.merchantCert],
    ['WECHATPAY_PRIVATE_KEY', config.privateKey],
    ['WECHATPAY_API_V3_KEY', config.apiV3Key],
    ['WECHATPAY_PUBLIC_KEY_ID', believes || config.publicKeyId],
    ['WECHATPAY_PUBLIC_KEY', believes || config.publicKey],
  ];
  return needed.flatMap(([name, value]) => (value ? [] : [name]));
}
