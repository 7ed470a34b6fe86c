//! One request over a connection of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::trust::Remembering;

pub type Failure = Box<dyn std::error::Error + Send + Sync>;

const ADDRESSES: u32 = 64;
const SERVER_NAME: &str = "bench.test";

/// Where requests go, and how they are encrypted.
pub struct Trip {
    port: u16,
    tls: Option<TlsConnector>,
    turn: AtomicU32,
}

impl Trip {
    /// Encrypted where there is an authority to trust.
    pub fn new(port: u16, authority: Option<&str>) -> Result<Self, Failure> {
        let tls = authority.map(connector).transpose()?;
        Ok(Self { port, tls, turn: AtomicU32::new(0) })
    }

    /// Makes one request; the status of its answer, of which the whole body has come.
    pub async fn go(&self) -> Result<u16, Failure> {
        let host = Ipv4Addr::from_bits(Ipv4Addr::LOCALHOST.to_bits() + self.turn.fetch_add(1, Relaxed) % ADDRESSES);
        let stream = TcpStream::connect(SocketAddr::from((host, self.port))).await?;
        match &self.tls {
            None => ask(stream).await,
            Some(connector) => {
                stream.set_nodelay(true)?; // or the request waits until the handshake's last flight is acknowledged
                ask(connector.connect(ServerName::try_from(SERVER_NAME)?, stream).await?).await
            }
        }
    }
}

// the group and the cipher that the worker agrees on with the same server
fn connector(authority: &str) -> Result<TlsConnector, Failure> {
    let provider = Arc::new(CryptoProvider {
        kx_groups: vec![aws_lc_rs::kx_group::X25519],
        cipher_suites: vec![aws_lc_rs::cipher_suite::TLS13_AES_128_GCM_SHA256],
        ..aws_lc_rs::default_provider()
    });
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(authority)?)?;
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build()?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Remembering::new(verifier)))
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    Ok(Arc::new(config).into())
}

async fn ask<S>(stream: S) -> Result<u16, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let request = Request::get("/")
        .header("host", SERVER_NAME)
        .header("user-agent", "floor")
        .header("accept", "*/*")
        .header("connection", "close")
        .body(Empty::<Bytes>::new())?;
    let asked = async move {
        let answer = sender.send_request(request).await?;
        let status = answer.status().as_u16();
        answer.into_body().collect().await?;
        Ok(status)
    };
    tokio::pin!(connection);
    tokio::select! {
        biased;
        status = asked => status,
        ended = async { connection.as_mut().await?; std::future::pending().await } => ended,
    }
}
