# A NixOS module for one machine: all of Nightshift in one process. What was tried of it: see README.md.
{ config, lib, pkgs, ... }:
let
  cfg = config.services.nightshift;
in
{
  options.services.nightshift = {
    enable = lib.mkEnableOption "backups of services with ZFS snapshots and restic";
    package = lib.mkOption {
      type = lib.types.path;
      description = "Where deploy/systemd/install has put the programs: the directory that holds serve/run.";
    };
    fleet = lib.mkOption {
      type = lib.types.path;
      description = "The fleet file. It names files of secrets, and holds none.";
    };
    host = lib.mkOption {
      type = lib.types.str;
      default = config.networking.hostName;
      description = "Which host of the fleet file this machine is.";
    };
    writable = lib.mkOption {
      type = lib.types.listOf lib.types.str;
      default = [ ];
      example = [ "/mnt/nas/backup" "/persist" ];
      description = "Destinations that are folders, and what may be restored in place.";
    };
    settings = lib.mkOption {
      type = lib.types.attrsOf lib.types.str;
      default = { };
      example = { NIGHTSHIFT_NOTIFIER_PUSHOVER_TOKEN_FILE = "/run/secrets/pushover-token"; };
      description = "Settings of the services, by their names in the environment.";
    };
  };

  config = lib.mkIf cfg.enable {
    systemd.services.nightshift = {
      description = "Nightshift: backups, all in one process";
      wants = [ "network-online.target" ];
      after = [ "network-online.target" "zfs-mount.service" ];
      wantedBy = [ "multi-user.target" ];
      startLimitIntervalSec = 0;
      path = [
        pkgs.bash pkgs.coreutils pkgs.gawk pkgs.gnugrep pkgs.gnused pkgs.jdk_headless pkgs.nats-server pkgs.openssl pkgs.restic
        pkgs.util-linux config.boot.zfs.package
      ];
      environment = cfg.settings;
      serviceConfig = {
        Type = "exec";
        ExecStart = lib.escapeShellArgs [
          "${pkgs.bash}/bin/bash" "${cfg.package}/serve/run" "--fleet" "${cfg.fleet}" "--host" cfg.host "--state" "/var/lib/nightshift"
        ];
        ExecStartPost = "-${pkgs.bash}/bin/bash ${cfg.package}/deploy/systemd/ready /var/lib/nightshift";
        StateDirectory = "nightshift";
        StateDirectoryMode = "0700";
        Restart = "on-failure";
        RestartSec = 5;
        RestartPreventExitStatus = 2;
        SuccessExitStatus = 143;
        KillMode = "mixed";
        TimeoutStopSec = 120;
        UMask = "0077";
        LimitCORE = 0;
        NoNewPrivileges = true;
        ProtectSystem = "strict";
        PrivateTmp = true;
        ReadWritePaths = cfg.writable;
        ProtectKernelTunables = true;
        ProtectKernelModules = true;
        ProtectKernelLogs = true;
        ProtectControlGroups = true;
        ProtectHostname = true;
        RestrictNamespaces = true;
        RestrictRealtime = true;
        LockPersonality = true;
        CapabilityBoundingSet = [
          "CAP_SYS_ADMIN" "CAP_DAC_READ_SEARCH" "CAP_DAC_OVERRIDE" "CAP_CHOWN" "CAP_FOWNER" "CAP_FSETID" "CAP_MKNOD" "CAP_SETFCAP"
          "CAP_KILL"
        ];
        SystemCallArchitectures = "native";
        SystemCallFilter = [ "@system-service" "@mount" ];
        RestrictAddressFamilies = [ "AF_INET" "AF_INET6" "AF_UNIX" "AF_NETLINK" ];
      };
    };
  };
}
