//! Starts and stops a simulation.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use url::Url;

use super::controls::Controls;
use super::ids::{Series, chance};
use super::life::Life;
use super::options::{Options, StartError};
use super::plans;
use super::world::World;
use crate::clock::Clock;
use crate::home::DeviceTree;
use crate::wwn::server::{ApiService, Backend, Config, Fault, Grant, Listeners, Product, Randomness, serve};

/// A running simulation. Dropping it also stops it, without waiting for the end.
pub struct Simulation {
    url: Url,
    api_url: Url,
    token: String,
    client_id: String,
    client_secret: String,
    pin: String,
    controls: Controls,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
    life: JoinHandle<()>,
}

/// Starts a simulated home and its server.
pub async fn start(options: Options, clock: Arc<dyn Clock>) -> Result<Simulation, StartError> {
    options.check()?;
    let front = bind(options.listen).await?;
    let api = bind(SocketAddr::new(options.listen.ip(), 0)).await?;
    let listeners = Listeners { certificate: options.certificate.clone(), ..Listeners::plain(front, api) };
    let url = address(listeners.front_base(), options.listen)?;
    let api_url = address(listeners.api_base(), options.listen)?;

    let now = clock.now();
    let pictures = api_url.as_str().trim_end_matches('/').to_owned();
    let builder = plans::build(options.home, options.seed, now, pictures);
    let mut world = World::new(builder, options.seed, options.speed, now);
    world.lose_devices(&options.faults, &mut chance(options.seed, Series::Secret, 1 << 40), now);
    let life = Arc::new(Life::new(world, Arc::clone(&clock)));

    let mut random = if options.seeded_secrets {
        Randomness::Seeded(chance(options.seed, Series::Secret, 1 << 41))
    } else {
        Randomness::System
    };
    let token = options.token.clone().map_or_else(|| random.token(), SecretString::from);
    let product = product(&options, &mut random);
    let (client_id, client_secret) = (product.client_id.clone(), product.client_secret.clone());
    let config = Config {
        tokens: vec![(token.clone(), grant(&product))],
        products: vec![product],
        limits: options.limits,
        connections: options.connections,
        faults: options.faults,
        dice: chance(options.seed, Series::Secret, 1 << 42),
        keep_alive: options.keep_alive,
        random,
        clock,
    };
    let backend: Arc<dyn Backend> = Arc::<Life>::clone(&life);
    let service = ApiService::new(config, backend);
    let pin = service.issue_pin(&client_id).unwrap_or_default();
    let controls = Controls { life: Arc::clone(&life), service: service.clone() };

    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(async move {
        let shutdown = async { drop(stopped.await) };
        if let Err(error) = serve(listeners, service, shutdown).await {
            tracing::warn!(%error, "the simulated home is not served any more");
        }
    });
    let life = tokio::spawn(async move { life.go_on().await });
    Ok(Simulation {
        url,
        api_url,
        token: reveal(&token),
        client_id,
        client_secret: reveal(&client_secret),
        pin,
        controls,
        stop: Some(stop),
        server,
        life,
    })
}

fn reveal(secret: &SecretString) -> String {
    secrecy::ExposeSecret::expose_secret(secret).to_owned()
}

async fn bind(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|error| {
        if error.kind() == io::ErrorKind::AddrInUse {
            StartError::InUse(address)
        } else {
            StartError::Address(address, error)
        }
    })
}

fn address(base: io::Result<String>, wanted: SocketAddr) -> Result<Url, StartError> {
    let base = base.map_err(|error| StartError::Address(wanted, error))?;
    let url = Url::parse(&base);
    url.map_err(|error| StartError::Address(wanted, io::Error::other(error)))
}

fn product(options: &Options, random: &mut Randomness) -> Product {
    Product {
        client_id: random.text(36),
        client_secret: SecretString::from(random.text(25)),
        name: "Setpoint".to_owned(),
        redirect_uris: Vec::new(),
        permissions: options.permissions,
        client_version: 1,
        user_id: format!("z.1.1.{}", random.text(43)),
    }
}

fn grant(product: &Product) -> Grant {
    Grant { permissions: product.permissions, client_version: product.client_version, user_id: product.user_id.clone() }
}

impl World {
    /// Takes a random share of the devices offline, as [`Fault::Offline`] says.
    fn lose_devices(&mut self, faults: &[Fault], chance: &mut fastrand::Rng, now: jiff::Timestamp) {
        for fault in faults {
            let Fault::Offline(share) = fault else { continue };
            let home = &self.home;
            let devices = home.thermostats.keys().chain(home.cameras.keys()).chain(home.protects.keys());
            let lost: Vec<_> = devices.filter(|_| chance.f64() < *share).cloned().collect();
            for device in lost {
                self.set_online(&device, false, now);
            }
        }
    }
}

impl Simulation {
    /// The base URL of the front address.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The base URL of the api address.
    pub fn api_url(&self) -> &Url {
        &self.api_url
    }

    /// A valid token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The addresses and secrets that another program needs, as one line of JSON.
    pub fn ready_line(&self) -> Value {
        json!({
            "url": self.url.as_str().trim_end_matches('/'),
            "api": self.api_url.as_str().trim_end_matches('/'),
            "token": self.token,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "pin": self.pin,
        })
    }

    /// The controls of the home.
    pub fn controls(&self) -> Controls {
        self.controls.clone()
    }

    /// The current device tree, with live updates.
    pub fn home(&self) -> watch::Receiver<Arc<DeviceTree>> {
        self.controls.life.shown()
    }

    /// Ends the streams and waits until the server has stopped.
    pub async fn stop(mut self) {
        // Dropping the sender is the stop signal for the server.
        drop(self.stop.take());
        self.life.abort();
        // The server stops within a second; an error only means that it has already stopped.
        drop((&mut self.server).await);
    }
}

impl Drop for Simulation {
    fn drop(&mut self) {
        self.life.abort();
    }
}
